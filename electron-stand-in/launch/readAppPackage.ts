import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** The app to run: where it is, what its package.json says, and the file to start. */
export type AppPackage = {
  readonly path: string
  readonly entry: string
  readonly isModule: boolean
  readonly name: string
  readonly version: string
}

type PackageJson = { name?: string; productName?: string; version?: string; main?: string; type?: string }

/** Reads the package at a folder, or stands one up around a single file, as `electron <path>` does. */
export function readAppPackage(path: string): AppPackage {
  const absolute = resolve(path)
  const isFolder = statSync(absolute).isDirectory()
  const folder = isFolder ? absolute : dirname(absolute)
  const json: PackageJson = isFolder ? JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) : {}
  const entry = isFolder
    ? createRequire(join(folder, 'package.json')).resolve(resolve(folder, json.main ?? 'index.js'))
    : absolute
  return {
    path: folder,
    entry,
    isModule: entry.endsWith('.mjs') || (json.type === 'module' && !entry.endsWith('.cjs')),
    name: json.productName ?? json.name ?? 'Electron',
    version: json.version ?? '0.0.0',
  }
}
