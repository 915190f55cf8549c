import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findElectron } from '../electron-stand-in/findElectron.ts'

// Real Electron needs a display; the stand-in runs without one. Arguments go on to Playwright.
const root = join(import.meta.dirname, '..')
const host = await findElectron()
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const playwright = ['playwright', 'test', ...process.argv.slice(2)]
const [command = '', ...args] =
  host.kind === 'electron' && !hasDisplay ? ['xvfb-run', '--auto-servernum', ...playwright] : playwright

console.log(host.kind === 'electron' ? 'Host: Electron' : 'Host: the Electron stand-in')
spawn(command, args, { cwd: root, env: { ...process.env, ...host.env }, stdio: 'inherit' })
  .on('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`)
    process.exitCode = 1
  })
  .on('exit', (code) => {
    process.exitCode = code ?? 1
  })
