import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import { collectChanges } from './collectChanges.ts'
import { findIntentMismatch, type TransferIntent } from './findIntentMismatch.ts'
import type { Simulation, TransferLog } from './Simulation.ts'

const address = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`
const from = address(1)
const to = address(2)
const collector = address(3)
const token = address(0xaa)
const other = address(0xbb)
const chainId = 31337 as ChainId
const units = 1000n

type Effects = NonNullable<Simulation['effects']>
const coinIntent: TransferIntent = { token: { chainId, address: 'native' }, from, to, units }
const tokenIntent: TransferIntent = { token: { chainId, address: token }, from, to, units }
const log = (of: Address | 'native', sender: Address, recipient: Address, amount: bigint): TransferLog => ({
  token: of,
  from: sender,
  to: recipient,
  units: amount,
})
const observed = (sent: bigint, received: bigint): Effects['observed'] => [
  { holder: from, before: 5000n, after: 5000n - sent },
  { holder: to, before: 7n, after: 7n + received },
]
const tokenEffects = (
  sent: bigint,
  received: bigint,
  transfers = [log(token, from, to, units)],
): Effects => ({
  transfers,
  observed: observed(sent, received),
})

test('an honest transfer is what was meant', () => {
  expect(
    findIntentMismatch({ transfers: [log('native', from, to, units)], observed: [] }, coinIntent),
  ).toBeUndefined()
  expect(findIntentMismatch(tokenEffects(units, units), tokenIntent)).toBeUndefined()
})

test.each([
  ['keeps a fee', tokenEffects(units, 990n), 'recipientGetsOther'],
  ['takes more', tokenEffects(1001n, units), 'senderPaysOther'],
  ['moves nothing but says so', tokenEffects(0n, 0n), 'senderPaysOther'],
  ['mints to the recipient', tokenEffects(0n, units), 'senderPaysOther'],
  [
    'also takes another token',
    tokenEffects(units, units, [log(other, from, collector, 1n)]),
    'senderLosesMore',
  ],
  ['also takes coin', tokenEffects(units, units, [log('native', from, collector, 1n)]), 'senderLosesMore'],
  [
    'does not tell balances',
    {
      transfers: [],
      observed: [{ holder: from, before: undefined, after: 1n }, ...observed(0n, 0n).slice(1)],
    },
    'unreadable',
  ],
  ['tells of other holders', { transfers: [], observed: [] }, 'unreadable'],
] as const)('a token that %s is caught', (_name, effects, mismatch) => {
  expect(findIntentMismatch(effects, tokenIntent)).toBe(mismatch)
})

test.each([
  ['nothing was traced', [], 'senderPaysOther'],
  ['less arrives', [log('native', from, to, 999n), log('native', from, collector, 1n)], 'recipientGetsOther'],
  ['more is taken', [log('native', from, to, units), log('native', from, collector, 1n)], 'senderPaysOther'],
  ['a token goes along', [log('native', from, to, units), log(other, from, to, 1n)], 'senderLosesMore'],
] as const)('coin: %s', (_name, transfers, mismatch) => {
  expect(findIntentMismatch({ transfers, observed: [] }, coinIntent)).toBe(mismatch)
})

test('a contract may pass coin on and give tokens in return', () => {
  const transfers = [
    log('native', from, to, units),
    log('native', to, collector, units),
    log(other, address(0), from, 5n),
  ]
  expect(findIntentMismatch({ transfers, observed: [] }, coinIntent)).toBeUndefined()
})

test('share-keeping tokens may round by two units of a large amount, never of a small one', () => {
  const large = { ...tokenIntent, units: 10n ** 18n }
  const effects = (received: bigint): Effects => ({
    transfers: [],
    observed: [
      { holder: from, before: 10n ** 18n, after: 0n },
      { holder: to, before: 0n, after: received },
    ],
  })
  expect(findIntentMismatch(effects(10n ** 18n - 2n), large)).toBeUndefined()
  expect(findIntentMismatch(effects(10n ** 18n - 3n), large)).toBe('recipientGetsOther')
  expect(findIntentMismatch(tokenEffects(units, units - 1n), tokenIntent)).toBe('recipientGetsOther')
})

test('changes conserve: what the listed addresses lose and gain is the sum of what moved', () => {
  const party = fc.constantFrom(from, to, collector)
  const move = fc.record({
    token: fc.constantFrom<Address | 'native'>('native', other),
    from: party,
    to: party,
    units: fc.bigInt({ min: 0n, max: 10n ** 20n }),
  })
  fc.assert(
    fc.property(fc.array(move), (transfers) => {
      const changes = collectChanges({ transfers, observed: [] }, coinIntent.token, [from, to, collector])
      for (const of of ['native', other] as const) {
        const sum = changes
          .filter((change) => change.token === of)
          .reduce((total, { delta }) => total + delta, 0n)
        expect(sum).toBe(0n)
      }
      expect(changes.every(({ delta }) => delta !== 0n)).toBe(true)
    }),
  )
})

test('of the observed token its balances count, not its events', () => {
  const changes = collectChanges(tokenEffects(units, 990n), tokenIntent.token, [from, to])
  expect(changes).toEqual([
    { address: from, token, delta: -units },
    { address: to, token, delta: 990n },
  ])
})
