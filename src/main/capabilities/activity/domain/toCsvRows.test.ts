import { describe, expect, it, test } from 'vitest'
import type { Activity } from '../../../../shared/contract/activity.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { unscaled } from '../../../../shared/money/scaledAmount.ts'
import { baseUnits, gasUnits, wei } from '../../../../shared/money/units.ts'
import { toFullRows, toTaxRows } from './toCsvRows.ts'

const chainId = 1 as ChainId
const address = (digit: string) => `0x${digit.repeat(40)}` as Address
const token = (symbol: string, decimals: number, at: Token['ref']['address']): Token => ({
  ref: { chainId, address: at },
  symbol,
  name: symbol,
  decimals,
  assetClass: 'token',
  source: 'list',
})
const ether = token('ETH', 18, 'native')
const usdc = token('USDC', 6, address('a'))
const context = {
  chainName: () => 'Ethereum',
  nativeToken: () => ether,
  accountName: () => 'Savings',
  multiplierOf: () => unscaled,
}
const entry = (changes: Partial<Activity>): Activity => ({
  id: 'id',
  kind: 'send',
  status: 'confirmed',
  chainId,
  accountId: 'a' as AccountId,
  from: address('1'),
  to: address('2'),
  token: usdc,
  units: baseUnits(25_500_000n),
  transactionHash: `0x${'0'.repeat(64)}` as Hash,
  // 29 November 2026, 13:05 in universal time.
  createdAtMs: 1_795_957_500_000,
  receipt: {
    blockNumber: 7n,
    blockTimestampMs: 1,
    gasUsed: gasUnits(21_000n),
    effectiveGasPrice: wei(1n),
    fee: wei(420_000_000_000_000n),
    confirmations: 12,
  },
  ...changes,
})
const swap = entry({
  kind: 'swap',
  token: usdc,
  units: baseUnits(1_000_000_000n),
  swap: { buy: ether, quoted: baseUnits(3n), minimum: baseUnits(2n), bought: baseUnits(301n * 10n ** 15n) },
})

test('amounts are those that the screens show', () => {
  const scaled = { ...context, multiplierOf: () => 2n * unscaled }
  expect(toFullRows([entry({})], scaled)[1]?.slice(8, 10)).toEqual(['51', 'USDC'])
  expect(toTaxRows([entry({})], scaled)[1]?.slice(1, 3)).toEqual(['51', 'USDC'])
})

describe('the tax-friendly form', () => {
  it('puts a trade into one row, exact, with its fee', () => {
    expect(toTaxRows([swap], context)[1]).toEqual([
      '2026-11-29 13:05:00 UTC',
      '1000',
      'USDC',
      '0.301',
      'ETH',
      '0.00042',
      'ETH',
      '',
      '',
      '',
      'swap · Ethereum',
      `0x${'0'.repeat(64)}`,
    ])
  })

  it('tells the fee of what moved nothing as a cost, and of a failed one too', () => {
    for (const idle of [entry({ kind: 'approve' }), entry({ status: 'failed' })]) {
      expect(toTaxRows([idle], context)[1]?.slice(1, 10)).toEqual([
        '0.00042',
        'ETH',
        '',
        '',
        '',
        '',
        '',
        '',
        'cost',
      ])
    }
  })

  it('leaves out what is not settled, and what is suspected to be a deception', () => {
    const { receipt: _, ...unsettled } = entry({ status: 'pending' })
    expect(toTaxRows([unsettled, entry({ suspicion: 'fakeToken' })], context)).toHaveLength(1)
  })
})

describe('the full form', () => {
  it('has a row for each asset, and the fee once', () => {
    const rows = toFullRows(
      [
        entry({
          kind: 'call',
          effects: [
            { token: usdc, delta: 5n },
            { token: ether, delta: 1n },
          ],
        }),
      ],
      context,
    )
    expect(rows).toHaveLength(3)
    expect(rows[1]?.slice(11, 16)).toEqual(['0.000005', 'USDC', address('a'), '0.00042', 'ETH'])
    expect(rows[2]?.slice(11, 16)).toEqual(['0.000000000000000001', 'ETH', '', '', ''])
    for (const row of rows) expect(row).toHaveLength(20)
  })
})
