import { readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** Reads the text of a source unit by its name; throws where there is none. */
export type ReadSource = (unitName: string) => string

const IMPORT = /^\s*import\s+(?:[^"';]*?from\s+)?["']([^"']+)["']\s*;/gm

/**
 * The entry files and everything that they import, by source unit name, as the compiler's standard input wants them:
 * with all texts given up front, the compiler needs no call-back.
 */
export function collectSources(entries: string[], read: ReadSource): Record<string, { content: string }> {
  const sources: Record<string, { content: string }> = {}
  const open = [...entries]
  for (let unitName = open.pop(); unitName !== undefined; unitName = open.pop()) {
    if (sources[unitName] !== undefined) continue
    const content = read(unitName)
    sources[unitName] = { content }
    for (const [, imported = ''] of content.matchAll(IMPORT)) {
      open.push(imported.startsWith('.') ? posix.join(posix.dirname(unitName), imported) : imported)
    }
  }
  return sources
}

/** A reader that looks below one folder for own sources and below library folders for prefixed names. */
export function readFromFolders(own: string, libraries: Record<string, string>): ReadSource {
  return (unitName) => {
    for (const [prefix, folder] of Object.entries(libraries)) {
      if (unitName.startsWith(prefix))
        return readFileSync(`${folder}/${unitName.slice(prefix.length)}`, 'utf8')
    }
    return readFileSync(`${own}/${unitName}`, 'utf8')
  }
}
