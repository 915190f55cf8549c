import { encodeFunctionData, erc20Abi, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { setUpTestChain } from '../testing/setUpTestChain.ts'
import { sendAs } from './sendAs.ts'
import { feedAddress, setFeed } from './setFeed.ts'
import { warpTime } from './warpTime.ts'

const test = setUpTestChain()
const feedAbi = parseAbi([
  'function description() view returns (string)',
  'function decimals() view returns (uint8)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  'function getRoundData(uint80) view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
])

async function latest(base: string) {
  const feed = { address: feedAddress(test.chain.manifest, base), abi: feedAbi }
  const [roundId, answer, , updatedAt, answeredInRound] = await test.client.readContract({
    ...feed,
    functionName: 'latestRoundData',
  })
  const { timestamp } = await test.client.getBlock()
  return { feed, roundId, answer, ageS: timestamp - updatedAt, answeredInRound }
}

describe('the feeds', () => {
  it('all answer as the manifest describes them, fresh however old the snapshot is', async () => {
    const { feeds } = test.chain.manifest
    expect(feeds.length).toBeGreaterThanOrEqual(12)
    for (const { base, description, decimals } of feeds) {
      const { feed, answer, ageS, roundId, answeredInRound } = await latest(base)
      expect(await test.client.readContract({ ...feed, functionName: 'description' })).toBe(description)
      expect(await test.client.readContract({ ...feed, functionName: 'decimals' })).toBe(decimals)
      expect(answer).toBeGreaterThan(0n)
      expect(ageS).toBeLessThanOrEqual(86_400n)
      expect(answeredInRound).toBe(roundId)
    }
  })

  it('take a new price and keep looking fresh', async () => {
    const address = feedAddress(test.chain.manifest, 'ETH')
    const before = await latest('ETH')
    await setFeed(test.rpc, address, { answer: 300_000_000_000n })
    await warpTime(test.rpc, 10 * 3600)
    const after = await latest('ETH')
    expect(after.answer).toBe(300_000_000_000n)
    expect(after.ageS).toBeLessThan(3600n)
    expect(after.roundId).toBe(before.roundId + 1n)
    const old = await test.client.readContract({
      ...after.feed,
      functionName: 'getRoundData',
      args: [before.roundId],
    })
    expect(old[1]).toBe(before.answer)
  })

  it('take an age, and grow older from there', async () => {
    const address = feedAddress(test.chain.manifest, 'EUR')
    await setFeed(test.rpc, address, { answer: 110_000_000n, ageS: 100_000 })
    const { answer, ageS } = await latest('EUR')
    expect(answer).toBe(110_000_000n)
    expect(ageS).toBeGreaterThanOrEqual(100_000n)
    expect(ageS).toBeLessThan(101_000n)
    await warpTime(test.rpc, 50_000)
    expect((await latest('EUR')).ageS).toBeGreaterThanOrEqual(150_000n)
  })

  it('of the fund follows its net asset value', async () => {
    const before = await latest('TBILL')
    await warpTime(test.rpc, 365 * 86_400)
    const after = await latest('TBILL')
    expect(before.answer).toBeGreaterThan(104_490_000n)
    expect(((after.answer + 1n) * 1000n) / before.answer).toBe(1045n)
  })
})

describe('control of the chain', () => {
  it('moves time by what is asked', async () => {
    const { timestamp } = await test.client.getBlock()
    // The chain's own clock runs on meanwhile.
    expect((await warpTime(test.rpc, 100_000)) - timestamp).toBeLessThan(101_000n)
    expect((await test.client.getBlock()).timestamp - timestamp).toBeGreaterThanOrEqual(100_000n)
    await expect(warpTime(test.rpc, -5)).rejects.toThrow('cannot warp')
  })

  it('sends for an account whose key nobody has, and tells a revert', async () => {
    const vault = test.contract('balancerVault')
    await test.rpc('anvil_setBalance', vault, '0xde0b6b3a7640000')
    await sendAs(test.rpc, vault, { to: ACCOUNT_ADDRESSES.outsider, value: 1000n })
    const refused = sendAs(test.rpc, ACCOUNT_ADDRESSES.outsider, {
      to: test.token('UNI'),
      data: '0x12345678',
    })
    await expect(refused).rejects.toThrow('reverted')
  })
})

describe('the hostile tokens', () => {
  const read = (name: string, functionName: 'name' | 'symbol') =>
    test.client.readContract({ address: test.contract(name), abi: erc20Abi, functionName })

  it('imitate and overflow', async () => {
    expect(await read('hostileHomoglyphUsdc', 'symbol')).toBe('USD\u0421')
    expect(await read('hostileRudeSymbol', 'symbol')).toContain('\u202e')
    expect((await read('hostileOversizedMetadata', 'symbol')).length).toBe(262_144)
    await expect(read('hostileBytes32Metadata', 'symbol')).rejects.toThrow()
  })

  it('keep a toll, lie, or refuse', async () => {
    const transfer = (role: 'faucet' | 'practice', name: string) =>
      test.client.simulateContract({
        account: ACCOUNT_ADDRESSES[role],
        address: test.contract(name),
        abi: erc20Abi,
        functionName: 'transfer',
        args: [ACCOUNT_ADDRESSES.outsider, 1000n],
      })
    expect((await transfer('practice', 'hostileFalseReturning')).result).toBe(false)
    await expect(transfer('practice', 'hostileReverting')).rejects.toThrow('reverted')
    await expect(transfer('faucet', 'hostileHoneypot')).rejects.toThrow('transfer refused')
    const toll = { address: test.contract('hostileFeeOnTransfer'), abi: erc20Abi }
    const { request } = await transfer('faucet', 'hostileFeeOnTransfer')
    await sendAs(test.rpc, ACCOUNT_ADDRESSES.faucet, { to: toll.address, data: encodeFunctionData(request) })
    const received = await test.client.readContract({
      ...toll,
      functionName: 'balanceOf',
      args: [ACCOUNT_ADDRESSES.outsider],
    })
    expect(received).toBe(990n)
  })
})
