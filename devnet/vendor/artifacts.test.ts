import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ARTIFACTS_FOLDER, loadArtifact, loadArtifactManifest } from './artifact.ts'
import { CONTRACTS_FOLDER, sourceFilesOf } from './compileContracts.ts'
import { compileJobs, compilerPackage, vendoredSources } from './sources.ts'

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const manifest = loadArtifactManifest()

describe('vendored artifacts', () => {
  it('are exactly the files of the manifest, with the recorded digests', () => {
    const files = readdirSync(ARTIFACTS_FOLDER).filter((file) => file !== 'manifest.json')
    expect(files.sort()).toEqual(manifest.artifacts.map(({ file }) => file).sort())
    expect(manifest.artifacts.length).toBeGreaterThan(50)
    for (const { file, sha256: recorded } of manifest.artifacts) {
      expect(sha256(join(ARTIFACTS_FOLDER, file)), file).toBe(recorded)
    }
  })

  it('come from the sources that the vendor script names, each with version, path and licence', () => {
    for (const source of vendoredSources) {
      const { package: packageName, version, path, licence } = source
      const origin = { package: packageName, version, path, licence }
      expect(loadArtifact(source.name).origin).toEqual(origin)
      expect(manifest.artifacts.find(({ name }) => name === source.name)).toMatchObject(origin)
      expect(version).toMatch(/^\d+\.\d+\.\d+/)
      expect(licence).toMatch(/^[A-Za-z]+[-A-Za-z0-9.]*$/)
    }
  })

  it('of our own contracts were compiled from the committed sources', () => {
    const committed = compileJobs.flatMap((job) => sourceFilesOf(job))
    expect(manifest.sources.map(({ path }) => path)).toEqual(committed)
    for (const { path, sha256: recorded } of manifest.sources) {
      expect(sha256(join(CONTRACTS_FOLDER, path)), path).toBe(recorded)
    }
    expect(manifest.compiler).toMatchObject(compilerPackage)
    expect(manifest.compileJobs).toEqual(compileJobs)
    const own = manifest.artifacts.filter((entry) => entry.package === 'own')
    for (const { path } of own) expect(committed.map((file) => `devnet/contracts/${file}`)).toContain(path)
  })

  it('hold linked bytecode', () => {
    for (const { name } of manifest.artifacts) {
      const { bytecode, deployedBytecode } = loadArtifact(name)
      const code = bytecode ?? deployedBytecode
      expect(code, name).toMatch(/^0x([0-9a-f]{2})+$/)
    }
  })
})
