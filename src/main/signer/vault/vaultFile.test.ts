import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../shared/testing/thoroughness.ts'
import { concatBytes } from '../memory/bytes.ts'
import { kdfCeiling, kdfFloor } from './kdfParameters.ts'
import { encodeVaultFile, parseVaultFile, type VaultFile } from './vaultFile.ts'

function fill(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value)
}

const file: VaultFile = {
  vaultId: fill(16, 0x11),
  slot: {
    protection: 'keychain',
    kdf: kdfFloor,
    salt: fill(16, 0x22),
    secretId: fill(16, 0x33),
    secretCheck: fill(32, 0x44),
    wrapIv: fill(12, 0x55),
    wrappedKey: fill(48, 0x66),
  },
  payload: { iv: fill(12, 0x77), sealed: fill(4096 + 16, 0x88) },
}
const encoded = encodeVaultFile(file)

/** Changes the content and puts a checksum under it that fits, as somebody would who means it. */
function forge(change: (content: Uint8Array) => Uint8Array | undefined): Uint8Array {
  const content = Uint8Array.from(encoded.subarray(0, -32))
  const changed = change(content) ?? content
  return concatBytes(changed, createHash('sha256').update(changed).digest())
}

function setUint32(offset: number, value: number) {
  return forge((content) => {
    new DataView(content.buffer).setUint32(offset, value)
    return content
  })
}

describe('vault file', () => {
  it('has each field where docs/vault-format.md says', () => {
    const hex = Buffer.from(encoded).toString('hex')
    const field = (offset: number, length: number) => hex.slice(offset * 2, (offset + length) * 2)
    expect(field(0, 8)).toBe('4d494e41544f1a0a')
    expect(field(8, 2)).toBe('0001')
    expect(field(10, 16)).toBe('11'.repeat(16))
    expect(field(26, 2)).toBe('0101')
    expect(field(28, 12)).toBe('000100000000000300000004')
    expect(field(40, 16)).toBe('22'.repeat(16))
    expect(field(56, 16)).toBe('33'.repeat(16))
    expect(field(72, 32)).toBe('44'.repeat(32))
    expect(field(104, 12)).toBe('55'.repeat(12))
    expect(field(116, 48)).toBe('66'.repeat(48))
    expect(field(164, 12)).toBe('77'.repeat(12))
    expect(field(176, 4)).toBe('00001000')
    expect(field(180, 4112)).toBe('88'.repeat(4112))
    expect(encoded).toHaveLength(180 + 4112 + 32)
    expect(field(4292, 32)).toBe(createHash('sha256').update(encoded.subarray(0, 4292)).digest('hex'))
  })

  it('comes back as it went', () => {
    expect(parseVaultFile(encoded)).toEqual(file)
    const passwordOnly: VaultFile = { ...file, slot: { ...file.slot, protection: 'password' } }
    expect(parseVaultFile(encodeVaultFile(passwordOnly))).toEqual(passwordOnly)
  })

  it('is refused as damaged at any length but its own', () => {
    for (let length = 0; length < encoded.length; length++) {
      expect(() => parseVaultFile(encoded.slice(0, length))).toThrow(
        expect.objectContaining({ code: 'vault.damaged' }),
      )
    }
    expect(() => parseVaultFile(concatBytes(encoded, Uint8Array.of(0)))).toThrow(
      expect.objectContaining({ code: 'vault.damaged' }),
    )
  })

  it('is refused as damaged after any flipped bit', () => {
    for (let bit = 0; bit < encoded.length * 8; bit++) {
      const flipped = Uint8Array.from(encoded)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      let code = 'accepted'
      try {
        parseVaultFile(flipped)
      } catch (error) {
        code = error instanceof Error ? error.message : ''
      }
      if (code !== 'vault.damaged') throw new Error(`Bit ${bit}: ${code}`)
    }
  })

  it('is refused as damaged when it is anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6000 }), (bytes) => {
        expect(() => parseVaultFile(bytes)).toThrow(expect.objectContaining({ code: 'vault.damaged' }))
      }),
      { numRuns: runs(120), seed: 1 },
    )
  })

  it('says that a later version wrote it, whatever that version put inside', () => {
    const later = forge((content) => {
      content[9] = 2
      return content.slice(0, 40)
    })
    expect(() => parseVaultFile(later)).toThrow(
      expect.objectContaining({ code: 'vault.unsupportedVersion', params: { version: 2 } }),
    )
  })

  it('refuses a key derivation below the floor and above the ceiling', () => {
    for (const [offset, name] of [
      [28, 'memoryKib'],
      [32, 'passes'],
      [36, 'lanes'],
    ] as const) {
      for (const value of [0, kdfFloor[name] - 1, kdfCeiling[name] + 1, 0xffffffff]) {
        expect(() => parseVaultFile(setUint32(offset, value))).toThrow(
          expect.objectContaining({ code: 'vault.kdfOutOfBounds', params: { parameter: name, value } }),
        )
      }
      for (const value of [kdfFloor[name], kdfCeiling[name]]) {
        expect(parseVaultFile(setUint32(offset, value)).slot.kdf[name]).toBe(value)
      }
    }
  })

  it('refuses kinds of protection and key derivation that it does not know', () => {
    for (const offset of [26, 27]) {
      const forged = forge((content) => {
        content[offset] = 9
        return content
      })
      expect(() => parseVaultFile(forged)).toThrow(
        expect.objectContaining({ code: 'vault.unsupportedVersion' }),
      )
    }
  })

  it('refuses a payload length that does not fit the file', () => {
    for (const length of [0, 4095, 4097, 0xffffffff]) {
      expect(() => parseVaultFile(setUint32(176, length))).toThrow(
        expect.objectContaining({ code: 'vault.damaged', params: { reason: 'length' } }),
      )
    }
  })
})
