import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const inputs = ['src', 'resources', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.base.json']
const outputs = [
  'out/main/index.js',
  'out/preload/main.cjs',
  'out/preload/approval.cjs',
  'out/renderer/index.html',
]

/** Whether every built file is newer than every source, so that starting again does not build again. */
export function isBuildCurrent(root: string): boolean {
  if (!outputs.every((path) => existsSync(join(root, path)))) return false
  const builtAtMs = Math.min(...outputs.map((path) => statSync(join(root, path)).mtimeMs))
  return inputs.every((path) => newestMs(join(root, path)) < builtAtMs)
}

function newestMs(path: string): number {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).reduce(
    (newest, name) => Math.max(newest, statSync(join(path, name)).mtimeMs),
    stats.mtimeMs,
  )
}
