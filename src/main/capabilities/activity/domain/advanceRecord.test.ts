import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Activity } from '../../../../shared/contract/activity.ts'
import type { AccountId, Address, ChainId } from '../../../../shared/identity/identity.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import type { ActivityRecord, Receipt } from './ActivityRecord.ts'
import { advanceRecord, type ChainFacts, finalConfirmations } from './advanceRecord.ts'
import { mayStillBeTaken } from './mayStillBeTaken.ts'

const from = `0x${'1'.repeat(40)}` as Address
const chainId = 1 as ChainId

function record(
  status: Activity['status'] = 'pending',
  changes: Partial<ActivityRecord> = {},
): ActivityRecord {
  return {
    activity: {
      id: 'id',
      kind: 'send',
      status,
      chainId,
      accountId: 'a' as AccountId,
      from,
      to: from,
      token: {
        ref: { chainId, address: 'native' },
        symbol: 'ETH',
        name: 'Ether',
        decimals: 18,
        assetClass: 'coin',
        source: 'native',
      },
      units: baseUnits(1n),
      nonce: 5,
      transactionHash: `0x${'2'.repeat(64)}`,
      createdAtMs: 0,
    },
    signedTransaction: '0x02',
    call: { to: from, value: 1n, data: '0x', gas: 21_000n },
    isFinal: false,
    ...changes,
  }
}

const receipt: Receipt = {
  succeeded: true,
  blockNumber: 100n,
  blockTimestampMs: 9,
  gasUsed: 21_000n,
  effectiveGasPrice: 2n,
  fee: 42_000n,
}
const facts: ChainFacts = {
  headNumber: 100n,
  receipt: undefined,
  latestNonce: 5,
  isKnown: true,
  isRestarted: false,
}

test('a receipt confirms; twelve blocks settle', () => {
  const first = advanceRecord(record('signed'), { ...facts, receipt })
  expect(first).toMatchObject({
    activity: { status: 'confirmed', receipt: { confirmations: 1 } },
    isFinal: false,
  })
  expect(advanceRecord(first, { ...facts, receipt, headNumber: 110n }).isFinal).toBe(false)
  expect(advanceRecord(first, { ...facts, receipt, headNumber: 111n })).toMatchObject({
    activity: { receipt: { confirmations: finalConfirmations } },
    isFinal: true,
  })
  expect(
    advanceRecord(record(), { ...facts, receipt, headNumber: 90n }).activity.receipt?.confirmations,
  ).toBe(1)
})

test('a failed one keeps its reason over further blocks', () => {
  const failed = advanceRecord(record(), { ...facts, receipt: { ...receipt, succeeded: false } })
  expect(failed.activity.status).toBe('failed')
  const named = { ...failed, activity: { ...failed.activity, failureReason: 'no' } }
  const later = advanceRecord(named, {
    ...facts,
    receipt: { ...receipt, succeeded: false },
    headNumber: 101n,
  })
  expect(later.activity.failureReason).toBe('no')
  expect(advanceRecord(named, { ...facts, receipt }).activity.failureReason).toBeUndefined()
})

test('a block that was undone leaves no receipt behind', () => {
  const confirmed = advanceRecord(record(), { ...facts, receipt })
  const undone = advanceRecord(confirmed, { ...facts, isKnown: false })
  expect(undone.activity.status).toBe('pending')
  expect(undone.activity.receipt).toBeUndefined()
})

test('a taken nonce replaces, is settled after twelve blocks, and is believed only while it holds', () => {
  const replaced = advanceRecord(record(), { ...facts, latestNonce: 6, isKnown: false })
  expect(replaced).toMatchObject({ activity: { status: 'replaced' }, settledAtBlock: 100n, isFinal: false })
  const held = advanceRecord(replaced, { ...facts, latestNonce: 6, isKnown: false, headNumber: 112n })
  expect(held).toMatchObject({ settledAtBlock: 100n, isFinal: true })
  expect(advanceRecord(replaced, facts).activity.status).toBe('pending')
  expect(advanceRecord(replaced, facts).settledAtBlock).toBeUndefined()
  // Mined but without a receipt yet: the node knows it, so nobody else took its nonce.
  expect(advanceRecord(record(), { ...facts, latestNonce: 6 }).activity.status).toBe('pending')
})

test('what no node has yet stays signed; what a new practice chain cannot have is unsent', () => {
  expect(advanceRecord(record('signed'), { ...facts, isKnown: false }).activity.status).toBe('signed')
  expect(advanceRecord(record('signed'), facts).activity.status).toBe('pending')
  expect(advanceRecord(record(), { ...facts, isKnown: false, isRestarted: true })).toMatchObject({
    activity: { status: 'unsent' },
    isFinal: true,
  })
})

test('the latest facts alone decide, whatever came before', () => {
  const anyFacts: fc.Arbitrary<ChainFacts> = fc.record({
    headNumber: fc.bigInt({ min: 90n, max: 130n }),
    receipt: fc.constantFrom(
      undefined,
      receipt,
      { ...receipt, succeeded: false },
      { ...receipt, blockNumber: 105n },
    ),
    latestNonce: fc.integer({ min: 4, max: 7 }),
    isKnown: fc.boolean(),
    isRestarted: fc.constant(false),
  })
  fc.assert(
    fc.property(fc.array(anyFacts, { maxLength: 8 }), anyFacts, (history, last) => {
      const before = history.reduce(advanceRecord, record())
      const after = advanceRecord(before, last)
      expect(after.activity.status).toBe(advanceRecord(record(), last).activity.status)
      expect(after.activity.receipt).toEqual(advanceRecord(record(), last).activity.receipt)
      expect(after.activity.receipt !== undefined).toBe(
        ['confirmed', 'failed'].includes(after.activity.status),
      )
      // Twice the same facts change nothing more.
      expect(advanceRecord(after, last)).toEqual(after)
    }),
  )
})

test.each([
  ['replacement transaction underpriced', true],
  ['txpool is full', true],
  ['max fee per gas less than block base fee', true],
  ['insufficient funds for gas * price + value', false],
  ['intrinsic gas too low', false],
  ['invalid sender', false],
])('%s', (reason, expected) => {
  expect(mayStillBeTaken(reason)).toBe(expected)
})
