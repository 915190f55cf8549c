import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChainId } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { formatUnits } from '../../../../shared/money/formatUnits.ts'
import { decideUnits } from './decideUnits.ts'

const chainId = 31337 as ChainId
const nativeToken: Token = {
  ref: { chainId, address: 'native' },
  symbol: 'ETH',
  name: 'Ether',
  decimals: 18,
  assetClass: 'coin',
  source: 'native',
}
const usdc: Token = {
  ...nativeToken,
  ref: { chainId, address: '0x00000000000000000000000000000000000000aa' },
  symbol: 'USDC',
  decimals: 6,
  source: 'list',
}
const amount = fc.bigInt({ min: 0n, max: 10n ** 30n })

function decide(input: Partial<Parameters<typeof decideUnits>[0]>) {
  try {
    return decideUnits({
      amount: '1',
      token: nativeToken,
      nativeToken,
      tokenBalance: 0n,
      nativeBalance: 0n,
      maximumFee: 0n,
      ...input,
    })
  } catch (thrown) {
    return thrown as { code: string; params: Record<string, unknown> }
  }
}

test('coin: what is sent and the highest fee never exceed the balance; max leaves exactly the fee', () => {
  fc.assert(
    fc.property(amount, amount, amount, (nativeBalance, maximumFee, wanted) => {
      const typed = decide({ amount: formatUnits(wanted, 18), nativeBalance, maximumFee })
      if (typeof typed === 'bigint') {
        expect(typed).toBe(wanted)
        expect(typed + maximumFee).toBeLessThanOrEqual(nativeBalance)
      } else if (wanted === 0n) expect(typed.code).toBe('amount.zero')
      else if (wanted > nativeBalance) expect(typed.code).toBe('amount.overBalance')
      else expect(typed).toMatchObject({ code: 'fee.notAffordable', params: { needed: maximumFee } })

      const all = decide({ amount: 'max', nativeBalance, maximumFee })
      if (typeof all === 'bigint') expect(all + maximumFee).toBe(nativeBalance)
      else if (nativeBalance === 0n) expect(all.code).toBe('amount.zero')
      else {
        expect(all.code).toBe('fee.notAffordable')
        expect(nativeBalance).toBeLessThanOrEqual(maximumFee)
      }
    }),
  )
})

test('tokens: max is the whole balance, and the fee is asked of the coin alone', () => {
  fc.assert(
    fc.property(amount, amount, amount, (tokenBalance, nativeBalance, maximumFee) => {
      const all = decide({ amount: 'max', token: usdc, tokenBalance, nativeBalance, maximumFee })
      if (typeof all === 'bigint') {
        expect(all).toBe(tokenBalance)
        expect(nativeBalance).toBeGreaterThanOrEqual(maximumFee)
      } else if (tokenBalance === 0n) expect(all.code).toBe('amount.zero')
      else
        expect(all).toMatchObject({
          code: 'fee.notAffordable',
          params: { available: nativeBalance, symbol: 'ETH' },
        })
    }),
  )
})

test('figures of the token come with the refusal', () => {
  expect(decide({ amount: '2', token: usdc, tokenBalance: 1n, nativeBalance: 1n })).toMatchObject({
    code: 'amount.overBalance',
    params: { needed: 2_000_000n, available: 1n, decimals: 6, symbol: 'USDC' },
  })
  expect(decide({ amount: '2.0000001', token: usdc })).toMatchObject({ code: 'amount.tooManyDecimals' })
  expect(decide({ amount: '-1' })).toMatchObject({ code: 'amount.invalid' })
})
