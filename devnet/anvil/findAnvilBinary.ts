import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The native anvil of this platform, and its version. The binary itself is spawned, because the package's launcher
 * leaves it behind as an orphan when the launcher is killed; no install script is needed.
 */
export function findAnvilBinary(): { path: string; version: string } {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch
  const name = `@foundry-rs/anvil-${process.platform}-${architecture}`
  const load = createRequire(import.meta.url)
  // The platform package is a dependency of the launcher's, so it is looked for from there.
  const launcher = load.resolve('@foundry-rs/anvil/package.json')
  const fromLauncher = createRequire(launcher)
  const manifest = fromLauncher.resolve(`${name}/package.json`)
  const path = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil')
  if (!existsSync(path)) throw new Error(`anvil's binary is missing from ${name}`)
  return { path, version: (load(launcher) as { version: string }).version }
}
