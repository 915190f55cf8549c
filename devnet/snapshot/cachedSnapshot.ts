import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import type { LocalChainManifest } from '../manifest.ts'
import { buildSnapshot, MANIFEST_FILE, STATE_FILE } from './buildSnapshot.ts'
import { hashInputs } from './hashInputs.ts'

/** The built chain: the file that anvil loads, and what it holds. */
export interface Snapshot {
  stateFile: string
  /** Of everything that it was made from. */
  digest: string
  manifest: LocalChainManifest
  /** Whether it was in the cache already. */
  cached: boolean
}

/** Where snapshots are kept unless told otherwise; git ignores it. */
export const DEFAULT_CACHE_DIRECTORY = join(import.meta.dirname, '..', '..', '.cache', 'devnet')

/** Snapshots of older inputs that are kept, so that switching branches does not rebuild each time. */
const KEPT_SNAPSHOTS = 4
/** A build that has not ended after this long has died. */
const ABANDONED_AFTER_MS = 10 * 60_000

function read(folder: string, cached: boolean): Snapshot {
  const manifest = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8')) as LocalChainManifest
  return { stateFile: join(folder, STATE_FILE), digest: basename(folder), manifest, cached }
}

/**
 * The snapshot of the present inputs, built where the cache has none. A folder appears in the cache only whole, by one
 * rename: a killed build leaves nothing that could be loaded, and of two builders at once the first to finish wins.
 */
export async function cachedSnapshot(cacheDirectory = DEFAULT_CACHE_DIRECTORY): Promise<Snapshot> {
  const folder = join(cacheDirectory, hashInputs())
  if (existsSync(folder)) return read(folder, true)
  mkdirSync(cacheDirectory, { recursive: true })
  const unfinished = mkdtempSync(join(cacheDirectory, 'building-'))
  try {
    await buildSnapshot(unfinished)
    try {
      renameSync(unfinished, folder)
    } catch (error) {
      if (!existsSync(folder)) throw error
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  removeOldSnapshots(cacheDirectory)
  return read(folder, false)
}

function removeOldSnapshots(cacheDirectory: string): void {
  const entries = readdirSync(cacheDirectory)
    .map((name) => ({ name, path: join(cacheDirectory, name) }))
    .map((entry) => ({ ...entry, modifiedMs: statSync(entry.path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.modifiedMs - a.modifiedMs)
  const snapshots = entries.filter(({ name }) => /^[0-9a-f]{32}$/.test(name))
  const newest = snapshots[0]?.modifiedMs ?? 0
  const abandoned = entries.filter(
    ({ name, modifiedMs }) => name.startsWith('building-') && newest - modifiedMs > ABANDONED_AFTER_MS,
  )
  for (const { path } of [...snapshots.slice(KEPT_SNAPSHOTS), ...abandoned]) {
    rmSync(path, { recursive: true, force: true })
  }
}
