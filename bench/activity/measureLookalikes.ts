import { findLookalike } from '../../src/main/capabilities/addressBook/index.ts'
import type { Address } from '../../src/shared/identity/identity.ts'
import { createRandom } from './random.ts'

/** Histories of people who send much: each knows 50 addresses and meets 1,000 others. */
const histories = 500
const knownEach = 50
const metEach = 1_000
/** Of a hundred contracts that people meet, this many have an address with zeros in front. */
const zerosPercent = 5

/**
 * How often an honest address is taken for an imitation in ordinary histories, and how often an imitation is found, by how many
 * characters at both ends its maker could afford to match.
 */
export function measureLookalikes() {
  const random = createRandom(11)
  const honest = () => (random.below(100) < zerosPercent ? random.withZeros() : random.address())
  let compared = 0
  let alarms = 0
  let historiesWithAlarm = 0
  for (let history = 0; history < histories; history += 1) {
    const known = Array.from({ length: knownEach }, honest)
    let hasAlarm = false
    for (let met = 0; met < metEach; met += 1) {
      compared += 1
      if (findLookalike(honest(), known)) {
        alarms += 1
        hasAlarm = true
      }
    }
    if (hasAlarm) historiesWithAlarm += 1
  }
  const found: Record<string, string> = {}
  for (const [prefix, suffix] of [
    [3, 3],
    [3, 4],
    [4, 4],
    [5, 5],
    [6, 4],
    [7, 7],
  ] as const) {
    let count = 0
    for (let trial = 0; trial < 1_000; trial += 1) {
      const known = random.address()
      if (findLookalike(forge(known, random.address(), prefix, suffix), [known])) count += 1
    }
    found[`${prefix}+${suffix}`] = `${count} of 1000`
  }
  return {
    addressesMet: compared,
    pairs: compared * knownEach,
    falseAlarms: alarms,
    historiesWithAlarm,
    found,
  }
}

function forge(known: Address, other: Address, prefix: number, suffix: number): Address {
  return `0x${known.slice(2, 2 + prefix)}${other.slice(2 + prefix, 42 - suffix)}${known.slice(42 - suffix)}`
}
