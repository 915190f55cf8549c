import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findAnvilBinary } from '../anvil/findAnvilBinary.ts'

const DEVNET = join(import.meta.dirname, '..')

/** Everything under these, tests left out, decides what the built chain looks like. */
const INPUTS = [
  'accounts.ts',
  'manifest.ts',
  'anvil',
  'deploy',
  'seed',
  'snapshot',
  'vendor/artifacts/manifest.json',
]

function filesOf(path: string): string[] {
  if (/\.(ts|json)$/.test(path)) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.includes('.bench.'))
    .map((file) => join(path, file))
}

/**
 * A digest of all that the snapshot is made from: the seeding's sources, the artifacts (by the digests that their
 * manifest records) and anvil's version. An equal digest means that a cached snapshot may be used.
 */
export function hashInputs(): string {
  const hash = createHash('sha256').update(`anvil ${findAnvilBinary().version}\n`)
  const files = INPUTS.flatMap((input) => filesOf(join(DEVNET, input))).sort()
  for (const file of files) {
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex')
    hash.update(`${relative(DEVNET, file).replaceAll('\\', '/')} ${digest}\n`)
  }
  return hash.digest('hex').slice(0, 32)
}
