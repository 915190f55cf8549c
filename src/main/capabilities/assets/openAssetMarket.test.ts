import { describe, expect, it } from 'vitest'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { describeContract } from './openAssetMarket.ts'

const deployment = {
  chainId: 1 as ChainId,
  address: `0x${'1'.repeat(40)}` as Address,
  confirmed: false,
  source: { title: 'A list' },
  asOf: '2026-11-23',
}
const say = (symbol: string | undefined) => ({
  findHeard: () => (symbol === undefined ? undefined : { symbol, name: symbol, decimals: 6 }),
})

describe('describeContract', () => {
  it('believes the contract’s own word, and no list’s', () => {
    expect(describeContract(say('usdc'), 'USDC', deployment).confirmation).toBe('confirmed')
    expect(describeContract(say('USDC.e'), 'USDC', deployment).confirmation).toBe('otherSymbol')
  })

  it('calls unconfirmed what nobody has asked, unless it was confirmed when the registry was made', () => {
    expect(describeContract(say(undefined), 'USDC', deployment).confirmation).toBe('unconfirmed')
    const confirmed = { ...deployment, confirmed: true }
    expect(describeContract(say(undefined), 'USDC', confirmed).confirmation).toBe('confirmed')
    expect(describeContract(say('OTHER'), 'USDC', confirmed).confirmation).toBe('otherSymbol')
  })
})
