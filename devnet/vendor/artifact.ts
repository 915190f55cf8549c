import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Abi, Hex } from 'viem'
import type { CompileJob } from './sources.ts'

/** Folder of the committed artifacts. */
export const ARTIFACTS_FOLDER = join(import.meta.dirname, 'artifacts')

/** Where an artifact comes from: an npm package, or our own source compiled here. */
export interface ArtifactOrigin {
  /** npm package, or `own` for `devnet/contracts`. */
  package: string
  version: string
  path: string
  licence: string
}

/** ABI and creation bytecode of one contract. */
export interface Artifact {
  name: string
  origin: ArtifactOrigin
  abi: Abi
  /** Creation code, without constructor arguments; absent where only the runtime code is published. */
  bytecode?: Hex
  /** Runtime code, only where it is all that is published. */
  deployedBytecode?: Hex
}

/** `artifacts/manifest.json`: what is vendored, from where, with digests that the tests recompute. */
export interface ArtifactManifest {
  artifacts: (ArtifactOrigin & { name: string; file: string; sha256: string })[]
  compiler: { package: string; version: string; evmVersion: string }
  /** How each folder of our own sources was compiled, and against which libraries. */
  compileJobs: CompileJob[]
  /** Our own Solidity sources, relative to `devnet/contracts`. */
  sources: { path: string; sha256: string }[]
}

/** Reads a committed artifact by name; throws where it was never vendored. */
export function loadArtifact(name: string): Artifact {
  return JSON.parse(readFileSync(join(ARTIFACTS_FOLDER, `${name}.json`), 'utf8')) as Artifact
}

/** Reads the committed manifest of all artifacts. */
export function loadArtifactManifest(): ArtifactManifest {
  return JSON.parse(readFileSync(join(ARTIFACTS_FOLDER, 'manifest.json'), 'utf8')) as ArtifactManifest
}
