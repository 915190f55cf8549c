import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The version of the electron package installed for the app: the one that this run stands in for. */
export function describeElectronVersion(fromPath: string): string {
  const { resolve } = createRequire(fromPath)
  const { version }: { version: string } = JSON.parse(readFileSync(resolve('electron/package.json'), 'utf8'))
  return version
}
