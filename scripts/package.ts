import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { buildApp } from './buildApp.ts'

// Makes installers of the built app; arguments go on to the packager. It brings 250 packages of its own, beside the 400
// of everything else, so it is installed by whoever packages, and by nobody else.
const root = join(import.meta.dirname, '..')
const packaging = join(root, 'packaging')

buildApp(root)
run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], packaging)
const packager = join(packaging, 'node_modules', 'electron-builder', 'cli.js')
run(process.execPath, [packager, '--projectDir', root, ...process.argv.slice(2)], root)

function run(command: string, args: readonly string[], cwd: string): void {
  // npm is a script on Windows; its arguments are all our own constants.
  const isScript = process.platform === 'win32' && command === 'npm'
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: isScript })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}
