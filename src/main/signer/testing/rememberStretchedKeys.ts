import type { hashRaw as HashRaw } from '@node-rs/argon2'
import { vi } from 'vitest'

/**
 * Argon2id itself, asked once for the same question: hundreds of tests open the vaults that they have just made, and even
 * at the floor of its cost every answer takes a sixth of a second of a core. Processes that a test starts do without.
 */
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const original = await importOriginal<{ hashRaw: typeof HashRaw }>()
  const known = new Map<string, Promise<Buffer>>()
  const hashRaw: typeof HashRaw = async (password, options, signal) => {
    const { salt, ...cost } = options ?? {}
    const question = JSON.stringify([
      Buffer.from(password).toString('hex'),
      salt && Buffer.from(salt).toString('hex'),
      cost,
    ])
    const answer = known.get(question) ?? original.hashRaw(password, options, signal)
    known.set(question, answer)
    // A copy: whoever asks overwrites what he got.
    return Buffer.from(await answer)
  }
  return { ...original, hashRaw }
})
