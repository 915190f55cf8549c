import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { HDKey } from '@scure/bip32'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runs } from '../../../shared/testing/thoroughness.ts'
import { encodeHex } from '../memory/bytes.ts'
import { utf8 } from '../testing/createTestSigner.ts'
import { combineShares, splitSecret } from './phraseShares.ts'

const folder = dirname(createRequire(import.meta.url).resolve('slip39/package.json'))
const vectors = z
  .array(z.tuple([z.string(), z.array(z.string()), z.string(), z.string()]))
  .parse(JSON.parse(readFileSync(join(folder, 'test/vectors.json'), 'utf8')))

describe('shares against SLIP-39’s vectors', () => {
  it.each(vectors)('%s', async (_name, mnemonics, secret, extendedKey) => {
    const combined = combineShares(mnemonics.map(utf8), utf8('TREZOR'))
    if (secret === '') {
      await expect(combined).rejects.toMatchObject({ code: expect.stringMatching(/^shares\./) })
      return
    }
    const bytes = await combined
    expect(encodeHex(bytes)).toBe(secret)
    // The master secret is BIP-32's seed.
    expect(HDKey.fromMasterSeed(bytes).privateExtendedKey).toBe(extendedKey)
  })

  it('are all there', () => expect(vectors.length).toBeGreaterThanOrEqual(45))
})

describe('splitSecret', () => {
  it('is undone by any threshold of its shares, in any order and typing, and by no fewer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 0, max: 3 }),
        fc.infiniteStream(fc.nat()),
        async (secret, threshold, spare, order) => {
          const shares = await splitSecret(secret, threshold, threshold + spare)
          const keys = shares.map(() => Number(order.next().value))
          const shuffled = shares
            .map((share, index) => ({ share, key: keys[index] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ share }) =>
              utf8(`  ${new TextDecoder().decode(share).toUpperCase().replaceAll(' ', '\n ')} `),
            )
          expect(await combineShares(shuffled.slice(0, threshold), undefined)).toEqual(secret)
          await expect(combineShares(shuffled.slice(0, threshold - 1), undefined)).rejects.toMatchObject({
            code: 'shares.insufficient',
          })
        },
      ),
      { numRuns: runs(6), seed: 39 },
    )
  })
})
