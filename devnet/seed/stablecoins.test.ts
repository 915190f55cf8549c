import { encodeFunctionData, erc20Abi, type Hex, maxUint256, parseAbi, parseSignature } from 'viem'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { setUpTestChain } from '../testing/setUpTestChain.ts'
import { transact } from '../testing/transact.ts'

const test = setUpTestChain()
const { practice, friend, outsider } = ACCOUNT_ADDRESSES

const fiatAbi = parseAbi([
  'function version() view returns (string)',
  'function currency() view returns (string)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
  'function nonces(address) view returns (uint256)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
  'function transferWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, uint8 v, bytes32 r, bytes32 s)',
  'function receiveWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, bytes signature)',
  'function authorizationState(address, bytes32) view returns (bool)',
  'function isBlacklisted(address) view returns (bool)',
  'function blacklist(address)',
  'function paused() view returns (bool)',
  'function pause()',
])
const tetherAbi = parseAbi([
  'function transfer(address to, uint256 value)',
  'function approve(address spender, uint256 value)',
  'function isBlackListed(address) view returns (bool)',
  'function addBlackList(address)',
  'function destroyBlackFunds(address)',
  'function deprecated() view returns (bool)',
  'function basisPointsRate() view returns (uint256)',
  'function maximumFee() view returns (uint256)',
])
const paxosAbi = parseAbi([
  'function isFrozen(address) view returns (bool)',
  'function freeze(address)',
  'function wipeFrozenAddress(address)',
  'error AddressFrozen()',
])
const daiAbi = parseAbi([
  'function permit(address holder, address spender, uint256 nonce, uint256 expiry, bool allowed, uint8 v, bytes32 r, bytes32 s)',
  'function nonces(address) view returns (uint256)',
])

const balance = (symbol: string, owner: `0x${string}`) =>
  test.client.readContract({
    address: test.token(symbol),
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [owner],
  })
const send = (symbol: string, amount: bigint) =>
  transact(test, test.wallet('practice'), {
    address: test.token(symbol),
    abi: erc20Abi,
    functionName: 'transfer',
    args: [friend, amount],
  })

const AUTHORIZATION = [
  { name: 'from', type: 'address' },
  { name: 'to', type: 'address' },
  { name: 'value', type: 'uint256' },
  { name: 'validAfter', type: 'uint256' },
  { name: 'validBefore', type: 'uint256' },
  { name: 'nonce', type: 'bytes32' },
] as const
const NONCE = `0x${'42'.repeat(32)}` as const
const authorization = (to: `0x${string}`) => ({
  from: practice,
  to,
  value: 5_000_000n,
  validAfter: 0n,
  validBefore: maxUint256,
  nonce: NONCE,
})
const usdcDomain = () => ({
  name: 'USD Coin',
  version: '2',
  chainId: 31337,
  verifyingContract: test.token('USDC'),
})
const split = (signature: Hex) => {
  const { r, s, v } = parseSignature(signature)
  if (v === undefined) throw new Error('a signature without v')
  return [Number(v), r, s] as const
}

describe('USDC', () => {
  it('moves by a signed authorization that somebody else submits, once', async () => {
    const wallet = test.wallet('practice')
    const signature = await wallet.signTypedData({
      account: wallet.account,
      domain: usdcDomain(),
      types: { TransferWithAuthorization: AUTHORIZATION },
      primaryType: 'TransferWithAuthorization',
      message: authorization(friend),
    })
    const { from, to, value, validAfter, validBefore, nonce } = authorization(friend)
    const call = {
      address: test.token('USDC'),
      abi: fiatAbi,
      functionName: 'transferWithAuthorization',
      args: [from, to, value, validAfter, validBefore, nonce, ...split(signature)],
    }
    const before = await balance('USDC', friend)
    await transact(test, test.wallet('outsider'), call)
    expect((await balance('USDC', friend)) - before).toBe(5_000_000n)
    await expect(transact(test, test.wallet('outsider'), call)).rejects.toThrow('used or canceled')
  })

  it('lets only the payee use a receive authorization', async () => {
    const wallet = test.wallet('practice')
    const signature = await wallet.signTypedData({
      account: wallet.account,
      domain: usdcDomain(),
      types: { ReceiveWithAuthorization: AUTHORIZATION },
      primaryType: 'ReceiveWithAuthorization',
      message: authorization(friend),
    })
    const { from, to, value, validAfter, validBefore, nonce } = authorization(friend)
    const call = {
      address: test.token('USDC'),
      abi: fiatAbi,
      functionName: 'receiveWithAuthorization',
      args: [from, to, value, validAfter, validBefore, nonce, signature],
    }
    await expect(transact(test, test.wallet('outsider'), call)).rejects.toThrow('caller must be the payee')
    await transact(test, test.wallet('friend'), call)
  })

  it('approves by an EIP-2612 permit', async () => {
    const wallet = test.wallet('practice')
    const signature = await wallet.signTypedData({
      account: wallet.account,
      domain: usdcDomain(),
      types: {
        Permit: [
          { name: 'owner', type: 'address' },
          { name: 'spender', type: 'address' },
          { name: 'value', type: 'uint256' },
          { name: 'nonce', type: 'uint256' },
          { name: 'deadline', type: 'uint256' },
        ],
      },
      primaryType: 'Permit',
      message: { owner: practice, spender: friend, value: 7n, nonce: 0n, deadline: maxUint256 },
    })
    await transact(test, test.wallet('friend'), {
      address: test.token('USDC'),
      abi: fiatAbi,
      functionName: 'permit',
      args: [practice, friend, 7n, maxUint256, ...split(signature)],
    })
    const allowance = { abi: erc20Abi, functionName: 'allowance', args: [practice, friend] } as const
    expect(await test.client.readContract({ address: test.token('USDC'), ...allowance })).toBe(7n)
  })

  it('refuses the blacklisted, on either side, and everybody while paused', async () => {
    const issuer = test.wallet('deployer')
    const usdc = { address: test.token('USDC'), abi: fiatAbi }
    await transact(test, issuer, { ...usdc, functionName: 'blacklist', args: [friend] })
    expect(await test.client.readContract({ ...usdc, functionName: 'isBlacklisted', args: [friend] })).toBe(
      true,
    )
    await expect(send('USDC', 1n)).rejects.toThrow('account is blacklisted')
    await transact(test, issuer, { ...usdc, functionName: 'pause' })
    expect(await test.client.readContract({ ...usdc, functionName: 'paused' })).toBe(true)
    await expect(send('USDC', 1n)).rejects.toThrow('Pausable: paused')
  })

  it.each(['USDC', 'EURC', 'JPYC', 'XSGD'])(
    'and its kin %s name their currency and version',
    async (symbol) => {
      const token = { address: test.token(symbol), abi: fiatAbi }
      const entry = test.chain.manifest.tokenList.tokens.find((candidate) => candidate.symbol === symbol)
      expect(await test.client.readContract({ ...token, functionName: 'currency' })).toBe(
        entry?.extensions?.currency,
      )
      expect(await test.client.readContract({ ...token, functionName: 'version' })).toMatch(/^[12]$/)
    },
  )
})

describe('USDT', () => {
  it('returns nothing from transfer', async () => {
    const call = await test.client.call({
      account: practice,
      to: test.token('USDT'),
      data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [friend, 1_000_000n] }),
    })
    expect(call.data).toBeUndefined()
    const before = await balance('USDT', friend)
    await transact(test, test.wallet('practice'), {
      address: test.token('USDT'),
      abi: tetherAbi,
      functionName: 'transfer',
      args: [friend, 1_000_000n],
    })
    expect((await balance('USDT', friend)) - before).toBe(1_000_000n)
  })

  it('changes an allowance only by way of zero', async () => {
    const approve = (amount: bigint) =>
      transact(test, test.wallet('practice'), {
        address: test.token('USDT'),
        abi: tetherAbi,
        functionName: 'approve',
        args: [friend, amount],
      })
    await approve(5n)
    await expect(approve(6n)).rejects.toThrow('reverted')
    await approve(0n)
    await approve(6n)
  })

  it('takes no fee, is not deprecated, and destroys the funds of the blacklisted', async () => {
    const usdt = { address: test.token('USDT'), abi: tetherAbi }
    expect(await test.client.readContract({ ...usdt, functionName: 'deprecated' })).toBe(false)
    expect(await test.client.readContract({ ...usdt, functionName: 'basisPointsRate' })).toBe(0n)
    expect(await test.client.readContract({ ...usdt, functionName: 'maximumFee' })).toBe(0n)
    const issuer = test.wallet('deployer')
    await transact(test, issuer, { ...usdt, functionName: 'addBlackList', args: [practice] })
    expect(await test.client.readContract({ ...usdt, functionName: 'isBlackListed', args: [practice] })).toBe(
      true,
    )
    const attempt = transact(test, test.wallet('practice'), {
      ...usdt,
      functionName: 'transfer',
      args: [friend, 1n],
    })
    await expect(attempt).rejects.toThrow('reverted')
    await transact(test, issuer, { ...usdt, functionName: 'destroyBlackFunds', args: [practice] })
    expect(await balance('USDT', practice)).toBe(0n)
  })
})

describe('the other stablecoins', () => {
  it('PYUSD freezes and wipes', async () => {
    const pyusd = { address: test.token('PYUSD'), abi: paxosAbi }
    const issuer = test.wallet('deployer')
    await transact(test, issuer, { ...pyusd, functionName: 'freeze', args: [practice] })
    expect(await test.client.readContract({ ...pyusd, functionName: 'isFrozen', args: [practice] })).toBe(
      true,
    )
    const attempt = transact(test, test.wallet('practice'), {
      ...pyusd,
      abi: [...erc20Abi, ...paxosAbi],
      functionName: 'transfer',
      args: [friend, 1n],
    })
    await expect(attempt).rejects.toThrow('AddressFrozen')
    await transact(test, issuer, { ...pyusd, functionName: 'wipeFrozenAddress', args: [practice] })
    expect(await balance('PYUSD', practice)).toBe(0n)
  })

  it('DAI grants all by its own kind of permit', async () => {
    const wallet = test.wallet('practice')
    const signature = await wallet.signTypedData({
      account: wallet.account,
      domain: { name: 'Dai Stablecoin', version: '1', chainId: 31337, verifyingContract: test.token('DAI') },
      types: {
        Permit: [
          { name: 'holder', type: 'address' },
          { name: 'spender', type: 'address' },
          { name: 'nonce', type: 'uint256' },
          { name: 'expiry', type: 'uint256' },
          { name: 'allowed', type: 'bool' },
        ],
      },
      primaryType: 'Permit',
      message: { holder: practice, spender: outsider, nonce: 0n, expiry: 0n, allowed: true },
    })
    await transact(test, test.wallet('outsider'), {
      address: test.token('DAI'),
      abi: daiAbi,
      functionName: 'permit',
      args: [practice, outsider, 0n, 0n, true, ...split(signature)],
    })
    const allowance = { abi: erc20Abi, functionName: 'allowance', args: [practice, outsider] } as const
    expect(await test.client.readContract({ address: test.token('DAI'), ...allowance })).toBe(maxUint256)
  })

  it.each(['USDS', 'EURC', 'EURS', 'JPYC', 'XSGD', 'ZCHF', 'tGBP'])('%s is sent', async (symbol) => {
    const before = await balance(symbol, friend)
    await send(symbol, 100n)
    expect((await balance(symbol, friend)) - before).toBe(100n)
  })
})
