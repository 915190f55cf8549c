import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The program that runs the app, and what its environment must hold (Playwright reads it from its own as well). */
export type ElectronHost = {
  readonly kind: 'electron' | 'stand-in'
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

/** Finds Electron's own binary when it is installed, else this stand-in. An override in the environment wins. */
export async function findElectron(
  env: Readonly<Record<string, string | undefined>> = process.env,
  electronPackage = dirname(createRequire(import.meta.url).resolve('electron/package.json')),
): Promise<ElectronHost> {
  const standIn = import.meta.dirname
  const pathFile = join(electronPackage, 'path.txt')
  const installed = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) {
    const executablePath = join(override, installed ?? 'electron')
    accessSync(executablePath, constants.X_OK)
    const kind = join(override) === standIn ? 'stand-in' : 'electron'
    return { kind, executablePath, env: { ELECTRON_OVERRIDE_DIST_PATH: override } }
  }
  if (installed !== undefined) {
    const executablePath = join(electronPackage, 'dist', installed)
    if (existsSync(executablePath)) return { kind: 'electron', executablePath, env: {} }
  }
  return {
    kind: 'stand-in',
    executablePath: join(standIn, 'electron'),
    env: { ELECTRON_OVERRIDE_DIST_PATH: standIn },
  }
}
