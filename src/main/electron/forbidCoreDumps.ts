import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/**
 * Keeps the memory of a process, which may hold keys or a password, out of the core dump that Linux would write if it
 * crashed. Both limits are lowered, so that the process cannot raise them again. Elsewhere the system writes none unless
 * somebody set it up to.
 *
 * @throws where util-linux's `prlimit` is missing or the process has ended
 */
export async function forbidCoreDumps(pid: number): Promise<void> {
  if (process.platform !== 'linux') return
  await promisify(execFile)('prlimit', ['--pid', String(pid), '--core=0:0'])
}
