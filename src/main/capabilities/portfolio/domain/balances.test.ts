import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Account } from '../../../../shared/contract/vault.ts'
import type { AccountId, Address, ChainId, WalletId } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { assembleBalances } from './assembleBalances.ts'
import { isSameBalances } from './isSameBalances.ts'

const chainId = 1 as ChainId
const address = (n: number): Address => `0x${n.toString(16).padStart(40, 'A')}`
const accounts = [1, 2].map(
  (n): Account => ({
    id: `account-${n}` as AccountId,
    walletId: 'w' as WalletId,
    address: address(n),
    name: `${n}`,
    path: '',
  }),
)
const token = (at: Address | 'native', symbol: string): Token => ({
  ref: { chainId, address: at },
  symbol,
  name: symbol,
  decimals: 18,
  assetClass: 'coin',
  source: 'list',
})
const tokens = [token('native', 'ETH'), token(address(0xaa), 'AAA'), token(address(0xbb), 'BBB')]
const lower = (value: Address | 'native') => value.toLowerCase() as Address | 'native'

test('zero is left out except of coin, and missing is not zero', () => {
  const assembled = assembleBalances(
    chainId,
    {
      blockNumber: 7n,
      blockTimestampMs: 8,
      balances: [
        { holder: address(2), token: lower(address(0xaa)), units: 5n },
        { holder: address(1), token: 'native', units: 0n },
        { holder: address(1), token: address(0xaa), units: 0n },
      ],
    },
    accounts,
    tokens,
  )
  expect(assembled).toMatchObject({ chainId, blockNumber: 7n, blockTimestampMs: 8 })
  expect(
    assembled.balances.map(({ accountId, token: { symbol }, units }) => [accountId, symbol, units]),
  ).toEqual([
    ['account-1', 'ETH', 0n],
    ['account-2', 'AAA', 5n],
  ])
})

test('the order of what was read does not matter, every unit does', () => {
  const readings = fc
    .tuple(...accounts.flatMap(() => tokens.map(() => fc.bigInt({ min: 0n, max: 3n }))))
    .map((units) =>
      accounts.flatMap((account, row) =>
        tokens.map(({ ref }, column) => ({
          holder: account.address,
          token: ref.address,
          units: units[row * tokens.length + column] ?? 0n,
        })),
      ),
    )
  const assemble = (balances: Parameters<typeof assembleBalances>[1]['balances'], blockNumber: bigint) =>
    assembleBalances(chainId, { blockNumber, blockTimestampMs: 0, balances }, accounts, tokens)
  fc.assert(
    fc.property(readings, readings, (a, b) => {
      expect(isSameBalances(assemble(a, 1n), assemble(a.toReversed(), 2n))).toBe(true)
      const same = a.every(({ units }, index) => units === b[index]?.units)
      expect(isSameBalances(assemble(a, 1n), assemble(b, 1n))).toBe(same)
    }),
  )
  expect(isSameBalances(undefined, undefined)).toBe(true)
  expect(isSameBalances(undefined, assemble([], 1n))).toBe(false)
})
