import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A chain's state between two runs, beside the digest of the snapshot that it grew from. */
export interface SavedState {
  /** What anvil loads: the saved state where it belongs to this snapshot, else nothing. */
  readonly loadFrom: string | undefined
  /** Where anvil is to leave its state; taken over by `keep` only. */
  readonly dumpTo: string
  /** To be called once anvil has ended and written its state. */
  keep(): void
}

/**
 * A state that was saved under other inputs is left alone and not loaded: its addresses are not this chain's.
 * What a killed run left half-written is never taken over.
 */
export function openSavedState(stateFile: string, snapshotDigest: string): SavedState {
  const digestFile = `${stateFile}.snapshot`
  const dumpTo = `${stateFile}.new`
  mkdirSync(dirname(stateFile), { recursive: true })
  rmSync(dumpTo, { force: true })
  const isOurs =
    existsSync(stateFile) && existsSync(digestFile) && readFileSync(digestFile, 'utf8') === snapshotDigest
  return {
    loadFrom: isOurs ? stateFile : undefined,
    dumpTo,
    keep() {
      if (!existsSync(dumpTo)) return
      // Without its digest a state counts as none, so that no moment leaves a new state under an old digest.
      rmSync(digestFile, { force: true })
      renameSync(dumpTo, stateFile)
      writeFileSync(digestFile, snapshotDigest)
    },
  }
}
