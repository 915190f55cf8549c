import { constants } from 'node:os'

/** How a child process ended, in the terms of Electron's `child-process-gone`. */
export type ExitReason = 'clean-exit' | 'abnormal-exit' | 'killed' | 'crashed'

/** The exit code that the `exit` event carries, and why the process is gone. */
export function describeExit(
  code: number | null,
  signal: NodeJS.Signals | null,
): { exitCode: number; reason: ExitReason } {
  if (signal !== null) {
    const isKill = signal === 'SIGTERM' || signal === 'SIGKILL' || signal === 'SIGINT' || signal === 'SIGHUP'
    return { exitCode: constants.signals[signal], reason: isKill ? 'killed' : 'crashed' }
  }
  return { exitCode: code ?? 0, reason: code === 0 ? 'clean-exit' : 'abnormal-exit' }
}
