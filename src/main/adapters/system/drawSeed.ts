import { randomBytes, randomInt } from 'node:crypto'

/** 32 bits that nobody can foresee. */
export function drawSeed(): number {
  return randomInt(2 ** 32)
}

/** 96 of them, for the salt of a signed order. */
export function drawSalt(): bigint {
  return BigInt(`0x${randomBytes(12).toString('hex')}`)
}
