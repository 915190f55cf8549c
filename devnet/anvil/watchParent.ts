import { spawn } from 'node:child_process'

/**
 * Starts a watcher that kills `pid` when this process ends in any way, SIGKILL included: its standard input is a pipe
 * of ours, which the system closes for us. Returns a function that dismisses the watcher.
 */
export function watchParent(pid: number): () => void {
  const [command, parameters] =
    process.platform === 'win32'
      ? [
          process.execPath,
          ['-e', `process.stdin.resume().on('end', () => { try { process.kill(${pid}) } catch {} })`],
        ]
      : ['/bin/sh', ['-c', `cat >/dev/null; kill -KILL ${pid}`]]
  // In its own process group: Ctrl-C at a terminal must not end the watcher before it has done its work.
  const watcher = spawn(command, parameters, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watcher.on('error', (error) => {
    throw new Error('the watcher of the local chain did not start', { cause: error })
  })
  watcher.unref()
  // A pipe that nobody else holds open: unreferenced so that it does not keep this process alive.
  const pipe = watcher.stdin as typeof watcher.stdin & { unref?: () => void }
  pipe.unref?.()
  pipe.on('error', () => watcher.kill('SIGKILL'))
  return () => {
    if (watcher.pid === undefined) return
    try {
      if (process.platform === 'win32') watcher.kill()
      else process.kill(-watcher.pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
