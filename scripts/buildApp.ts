import { spawnSync } from 'node:child_process'
import { isBuildCurrent } from './isBuildCurrent.ts'

/** Builds the app where a source is newer than what was built. @throws Error when the build fails. */
export function buildApp(root: string): void {
  if (isBuildCurrent(root)) return
  console.log('Building Minato')
  const { status } = spawnSync('electron-vite', ['build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('The build failed; its messages are above.')
}
