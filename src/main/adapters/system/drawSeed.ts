import { randomInt } from 'node:crypto'

/** 32 bits that nobody can foresee. */
export function drawSeed(): number {
  return randomInt(2 ** 32)
}
