import { type Address, erc20Abi, maxUint256, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { warpTime } from '../control/warpTime.ts'
import { CANONICAL_ADDRESSES } from '../deploy/canonicalAddresses.ts'
import { setUpTestChain } from '../testing/setUpTestChain.ts'
import { transact } from '../testing/transact.ts'
import { loadArtifact } from '../vendor/artifact.ts'
import { LOAN_TRANCHES } from './deployLoans.ts'
import { STOCK_MULTIPLIER } from './tokenCatalogue.ts'

const test = setUpTestChain()
const { practice, friend, outsider, lapsedInvestor } = ACCOUNT_ADDRESSES
const UNIT = 10n ** 18n
const MONTH_S = 30 * 86_400

const fundAbi = parseAbi([
  'function asset() view returns (address)',
  'function totalAssets() view returns (uint256)',
  'function convertToAssets(uint256) view returns (uint256)',
  'function maxRedeem(address) view returns (uint256)',
  'function deposit(uint256 assets, address receiver) returns (uint256)',
  'function redeem(uint256 shares, address receiver, address owner) returns (uint256)',
  'function yieldBps() view returns (uint256)',
  'function setYield(uint256)',
])
const stockAbi = parseAbi([
  'function uiMultiplier() view returns (uint256)',
  'function newUIMultiplier() view returns (uint256)',
  'function effectiveAt() view returns (uint256)',
  'function setUIMultiplier(uint256, uint256)',
  'function balanceOfUI(address) view returns (uint256)',
])
const buildingAbi = parseAbi([
  'function identityRegistry() view returns (address)',
  'function compliance() view returns (address)',
  'function paused() view returns (bool)',
  'function isFrozen(address) view returns (bool)',
  'function setAddressFrozen(address, bool)',
  'function forcedTransfer(address from, address to, uint256 amount) returns (bool)',
  'function transfer(address to, uint256 amount) returns (bool)',
  'function balanceOf(address) view returns (uint256)',
])
const registryAbi = parseAbi(['function isVerified(address) view returns (bool)'])
const routerAbi = parseAbi([
  'function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[])',
])

describe('the treasury bill fund (ERC-4626)', () => {
  const nav = () =>
    test.client.readContract({
      address: test.token('TBILL'),
      abi: fundAbi,
      functionName: 'convertToAssets',
      args: [1_000_000_000n],
    })

  it('has earned a year of interest and earns on', async () => {
    const start = await nav()
    expect(start).toBeGreaterThan(1_044_900_000n)
    expect(start).toBeLessThan(1_045_100_000n)
    await warpTime(test.rpc, 365 * 86_400)
    // 4.5% of 1.045
    expect(await nav()).toBeGreaterThan(1_091_900_000n)
    expect(await nav()).toBeLessThan(1_092_100_000n)
  })

  it('takes a deposit and redeems it with the interest', async () => {
    const wallet = test.wallet('practice')
    const fund = { address: test.token('TBILL'), abi: fundAbi }
    const usdc = { address: test.token('USDC'), abi: erc20Abi }
    await transact(test, wallet, { ...usdc, functionName: 'approve', args: [fund.address, maxUint256] })
    await transact(test, wallet, { ...fund, functionName: 'deposit', args: [1_000_000_000n, practice] })
    await warpTime(test.rpc, MONTH_S)
    const shares = await test.client.readContract({ ...fund, functionName: 'maxRedeem', args: [practice] })
    const bought = shares - 5_000_000_000n
    const before = await test.client.readContract({ ...usdc, functionName: 'balanceOf', args: [practice] })
    await transact(test, wallet, { ...fund, functionName: 'redeem', args: [bought, practice, practice] })
    const gained =
      (await test.client.readContract({ ...usdc, functionName: 'balanceOf', args: [practice] })) - before
    // A month of 4.5% on 1000: about 3.70.
    expect(gained).toBeGreaterThan(1_003_600_000n)
    expect(gained).toBeLessThan(1_003_800_000n)
  })

  it('keeps its price when the yield is changed, and earns at the new rate', async () => {
    const before = await nav()
    await transact(test, test.wallet('deployer'), {
      address: test.token('TBILL'),
      abi: fundAbi,
      functionName: 'setYield',
      args: [0n],
    })
    const booked = await nav()
    expect(booked - before).toBeLessThan(100n)
    await warpTime(test.rpc, MONTH_S)
    expect(await nav()).toBe(booked)
  })
})

describe('the private credit fund (ERC-7540)', () => {
  it('is worth more than its pool pays, and pays back on request alone', async () => {
    const fund = { address: test.token('QCRD'), abi: loadArtifact('RequestedRedemptionFund').abi }
    const read = (functionName: string, args: unknown[]) =>
      test.client.readContract({ ...fund, functionName, args }) as Promise<bigint>
    // Three percent above what was paid in, less the unit that an empty vault starts from.
    expect(await read('convertToAssets', [1_000_000n])).toBe(1_029_999n)
    await expect(read('previewRedeem', [1_000_000n])).rejects.toThrow('Asynchronous')
    expect(await read('maxRedeem', [practice])).toBe(0n)
    const wallet = test.wallet('practice')
    await transact(test, wallet, {
      ...fund,
      functionName: 'requestRedeem',
      args: [500_000_000n, practice, practice],
    })
    expect(await read('pendingRedeemRequest', [0n, practice])).toBe(500_000_000n)
    await transact(test, test.wallet('deployer'), {
      ...fund,
      functionName: 'fulfil',
      args: [practice, 500_000_000n],
    })
    const usdc = { address: test.token('USDC'), abi: erc20Abi, functionName: 'balanceOf' } as const
    const before = await test.client.readContract({ ...usdc, args: [practice] })
    await transact(test, wallet, {
      ...fund,
      functionName: 'redeem',
      args: [500_000_000n, practice, practice],
    })
    const gained = (await test.client.readContract({ ...usdc, args: [practice] })) - before
    expect(gained).toBeGreaterThan(514_999_000n)
    expect(gained).toBeLessThanOrEqual(515_000_000n)
  })
})

describe('the loans in two tranches (ERC-7518)', () => {
  it('admits the practice account to the senior one, of which a part is locked', async () => {
    const loans = {
      address: test.chain.manifest.contracts.quayLoans as Address,
      abi: loadArtifact('PartitionedAsset').abi,
    }
    const read = (functionName: string, args: unknown[]) =>
      test.client.readContract({ ...loans, functionName, args })
    const { senior, junior } = LOAN_TRANCHES
    expect(await read('balanceOf', [practice, senior])).toBe(40n)
    expect(await read('transferableBalance', [practice, senior])).toBe(25n)
    expect(await read('totalSupply', [])).toBe(75n)
    const canTransfer = (from: Address, to: Address, id: bigint, units: bigint) =>
      read('canTransfer', [from, to, id, units, '0x'])
    expect(await canTransfer(practice, friend, senior, 25n)).toBe(true)
    expect(await canTransfer(practice, friend, senior, 26n)).toBe(false)
    expect(await canTransfer(friend, practice, junior, 1n)).toBe(false)
    expect(await canTransfer(friend, outsider, senior, 1n)).toBe(false)
  })
})

describe('the tokenised stock (ERC-8056)', () => {
  const stock = () => ({ address: test.token('HKTR'), abi: stockAbi })

  it('shows balances by its multiplier', async () => {
    expect(await test.client.readContract({ ...stock(), functionName: 'uiMultiplier' })).toBe(
      STOCK_MULTIPLIER,
    )
    const shown = await test.client.readContract({
      ...stock(),
      functionName: 'balanceOfUI',
      args: [practice],
    })
    expect(shown).toBe((20n * UNIT * STOCK_MULTIPLIER) / UNIT)
  })

  it('announces a split before it takes effect', async () => {
    const { timestamp } = await test.client.getBlock()
    const effectiveAt = timestamp + 3600n
    await transact(test, test.wallet('deployer'), {
      ...stock(),
      functionName: 'setUIMultiplier',
      args: [2n * STOCK_MULTIPLIER, effectiveAt],
    })
    const read = (functionName: 'uiMultiplier' | 'newUIMultiplier' | 'effectiveAt') =>
      test.client.readContract({ ...stock(), functionName })
    expect(await read('uiMultiplier')).toBe(STOCK_MULTIPLIER)
    expect(await read('newUIMultiplier')).toBe(2n * STOCK_MULTIPLIER)
    expect(await read('effectiveAt')).toBe(effectiveAt)
    await warpTime(test.rpc, 3601)
    expect(await read('uiMultiplier')).toBe(2n * STOCK_MULTIPLIER)
  })
})

describe('the building (ERC-3643)', () => {
  const building = () => ({ address: test.token('TOWER7'), abi: buildingAbi })
  const isVerified = async (account: `0x${string}`) => {
    const registry = await test.client.readContract({ ...building(), functionName: 'identityRegistry' })
    return test.client.readContract({
      address: registry,
      abi: registryAbi,
      functionName: 'isVerified',
      args: [account],
    })
  }
  const transfer = (to: `0x${string}`) =>
    transact(test, test.wallet('practice'), { ...building(), functionName: 'transfer', args: [to, UNIT] })

  it('moves between verified holders', async () => {
    expect(await isVerified(friend)).toBe(true)
    await transfer(friend)
    const held = await test.client.readContract({ ...building(), functionName: 'balanceOf', args: [friend] })
    expect(held).toBe(6n * UNIT)
  })

  it('refuses the unverified and the lapsed, who keeps what was bought', async () => {
    for (const account of [outsider, lapsedInvestor]) {
      expect(await isVerified(account)).toBe(false)
      await expect(transfer(account)).rejects.toThrow('Transfer not possible')
    }
    const held = await test.client.readContract({
      ...building(),
      functionName: 'balanceOf',
      args: [lapsedInvestor],
    })
    expect(held).toBe(12n * UNIT)
  })

  it('can be frozen and moved by its agent', async () => {
    const agent = test.wallet('deployer')
    await transact(test, agent, { ...building(), functionName: 'setAddressFrozen', args: [practice, true] })
    expect(
      await test.client.readContract({ ...building(), functionName: 'isFrozen', args: [practice] }),
    ).toBe(true)
    await expect(transfer(friend)).rejects.toThrow('wallet is frozen')
    await transact(test, agent, {
      ...building(),
      functionName: 'forcedTransfer',
      args: [practice, friend, UNIT],
    })
  })

  it('is bought from its pool by the verified only', async () => {
    const path = [test.token('USDC'), test.token('TOWER7')]
    const buy = async (role: 'practice' | 'traderOne') => {
      const wallet = test.wallet(role)
      await transact(test, wallet, {
        address: test.token('USDC'),
        abi: erc20Abi,
        functionName: 'approve',
        args: [CANONICAL_ADDRESSES.uniswapV2Router02, maxUint256],
      })
      await transact(test, wallet, {
        address: CANONICAL_ADDRESSES.uniswapV2Router02,
        abi: routerAbi,
        functionName: 'swapExactTokensForTokens',
        args: [100_000_000n, 1n, path, wallet.account.address, maxUint256],
      })
    }
    await buy('practice')
    await expect(buy('traderOne')).rejects.toThrow('TRANSFER_FAILED')
  })
})
