import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ARTIFACTS_FOLDER, type Artifact, type ArtifactManifest } from './artifact.ts'
import { CONTRACTS_FOLDER, compileContracts, EVM_VERSION, sourceFilesOf } from './compileContracts.ts'
import { fetchPackages } from './fetchPackages.ts'
import { readVendored } from './readVendored.ts'
import { compileJobs, compilerPackage, vendoredSources } from './sources.ts'

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Rewrites `devnet/vendor/artifacts` from the recorded package versions and our own Solidity sources. */
function vendor(): void {
  const root = mkdtempSync(join(tmpdir(), 'minato-vendor-'))
  try {
    const libraries = compileJobs.flatMap((job) => Object.values(job.libraries))
    fetchPackages(root, [compilerPackage, ...libraries, ...vendoredSources])
    const artifacts = [
      ...vendoredSources.map((source) => readVendored(root, source)),
      ...compileJobs.flatMap((job) => compileContracts(root, job)),
    ].sort((a, b) => (a.name < b.name ? -1 : 1))
    writeArtifacts(artifacts)
    console.log(`${artifacts.length} artifacts`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function writeArtifacts(artifacts: Artifact[]): void {
  mkdirSync(ARTIFACTS_FOLDER, { recursive: true })
  for (const stale of readdirSync(ARTIFACTS_FOLDER)) rmSync(join(ARTIFACTS_FOLDER, stale))
  const manifest: ArtifactManifest = {
    artifacts: artifacts.map((artifact) => {
      const file = `${artifact.name}.json`
      const text = `${JSON.stringify(artifact)}\n`
      writeFileSync(join(ARTIFACTS_FOLDER, file), text)
      return { name: artifact.name, file, sha256: sha256(text), ...artifact.origin }
    }),
    compiler: { ...compilerPackage, evmVersion: EVM_VERSION },
    compileJobs,
    sources: compileJobs
      .flatMap((job) => sourceFilesOf(job))
      .map((path) => ({ path, sha256: sha256(readFileSync(join(CONTRACTS_FOLDER, path))) })),
  }
  if (new Set(artifacts.map(({ name }) => name)).size !== artifacts.length) {
    throw new Error('two artifacts share a name')
  }
  writeFileSync(join(ARTIFACTS_FOLDER, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

vendor()
