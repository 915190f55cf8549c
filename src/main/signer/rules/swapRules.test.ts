import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  hexToBytes,
  parseAbi,
  parseAbiParameters,
  recoverTransactionAddress,
  serializeTransaction,
} from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RuleScope, StandingRule } from '../../../shared/contract/rules.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { type Address, chainIdSchema } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'
import {
  createTestSigner,
  publishedPhrase,
  type TestSigner,
  testPassword,
  utf8,
} from '../testing/createTestSigner.ts'

const chainId = chainIdSchema.parse(31337)
const universalRouter: Address = '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af'
const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const wrappedNative: Address = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2'
const balancerVault: Address = '0xBA12222222228d8Ba445958a75a0704d566BF2C8'
const usdc: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const dai: Address = '0x6B175474E89094C44Da98b954EedeAC495271d0F'
const stranger: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const toUser: Address = '0x0000000000000000000000000000000000000001'
const toRouter: Address = '0x0000000000000000000000000000000000000002'
const startMs = 1_700_000_000_000

const token = (address: Address | 'native', symbol: string, decimals: number): Token => ({
  ref: { chainId, address },
  symbol,
  name: symbol,
  decimals,
  assetClass: 'token',
  source: address === 'native' ? 'native' : 'list',
})
const eth = token('native', 'ETH', 18)
const config = {
  chains: [
    {
      chainId,
      name: 'Local chain',
      nativeToken: eth,
      swaps: { universalRouter, permit2, wrappedNative, balancerVault },
    },
  ],
  tokens: [token(usdc, 'USDC', 6), token(dai, 'DAI', 18), token(wrappedNative, 'WETH', 18)],
}

type Hex = `0x${string}`
interface Call {
  readonly sell?: Address
  readonly buy?: Address
  readonly sold?: bigint
  readonly bought?: bigint
  readonly recipient?: Address
  readonly nonce?: number
  readonly to?: Address
  readonly gas?: bigint
  readonly deadlineMs?: number
  readonly permitUnits?: bigint
}

const routerAbi = parseAbi(['function execute(bytes commands, bytes[] inputs, uint256 deadline) payable'])
const permitParameters = parseAbiParameters([
  'PermitSingle permit, bytes signature',
  'struct PermitDetails { address token; uint160 amount; uint48 expiration; uint48 nonce; }',
  'struct PermitSingle { PermitDetails details; address spender; uint256 sigDeadline; }',
])

let folder: string
let signer: TestSigner
let account: Account
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-swap-rules-'))
  signer = createTestSigner({ folder, clock: { nowMs: startMs }, config })
  await signer.signer.vault.createFromPhrase({
    phrase: utf8(publishedPhrase),
    password: utf8(testPassword),
    protection: 'keychain',
    origin: 'imported',
  })
  const first = (await signer.signer.vault.listWallets())[0]?.accounts[0]
  if (!first) throw new Error('no account')
  account = first
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(() => {
  signer.clock.nowMs = startMs
})

const encode = (fields: { nonce: number; to?: Address; data: Hex; gas?: bigint }) =>
  Uint8Array.from(
    hexToBytes(
      serializeTransaction({
        type: 'eip1559',
        chainId,
        maxPriorityFeePerGas: 1n,
        maxFeePerGas: 30n,
        gas: 400_000n,
        to: universalRouter,
        ...fields,
      }),
    ),
  )
/** Sells USDC for coin through one V3 pool, as the app would. */
function swap(call: Call = {}) {
  const { sell = usdc, buy = wrappedNative, sold = 1_000_000_000n, bought = 280n * 10n ** 15n } = call
  const expiration = Math.floor(signer.clock.nowMs / 1000) + 1800
  const inputs: [number, Hex][] = [
    [
      0x0a,
      encodeAbiParameters(permitParameters, [
        {
          details: { token: sell, amount: call.permitUnits ?? sold, expiration, nonce: 0 },
          spender: universalRouter,
          sigDeadline: BigInt(expiration),
        },
        `0x${'00'.repeat(65)}`,
      ]),
    ],
    [
      0x00,
      encodeAbiParameters(parseAbiParameters('address, uint256, uint256, bytes, bool'), [
        call.recipient ?? (buy === wrappedNative ? toRouter : toUser),
        sold,
        buy === wrappedNative ? 0n : bought,
        concatHex([sell, '0x0001f4', buy]).toLowerCase() as Hex,
        true,
      ]),
    ],
  ]
  if (buy === wrappedNative && call.recipient === undefined) {
    inputs.push([0x0c, encodeAbiParameters(parseAbiParameters('address, uint256'), [toUser, bought])])
  }
  const data = encodeFunctionData({
    abi: routerAbi,
    functionName: 'execute',
    args: [
      concatHex(inputs.map(([code]) => `0x${code.toString(16).padStart(2, '0')}` as Hex)),
      inputs.map(([, input]) => input),
      BigInt(Math.floor((call.deadlineMs ?? signer.clock.nowMs + 600_000) / 1000)),
    ],
  })
  return encode({
    data,
    nonce: call.nonce ?? 8,
    ...(call.to && { to: call.to }),
    ...(call.gas && { gas: call.gas }),
  })
}
const approval = (spender: Address, amount: bigint, nonce = 7, to = usdc) =>
  encode({
    to,
    nonce,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, amount] }),
  })

/** At most 1,000 USDC for coin, at 0.28 coin for 1,000 USDC or better. */
const scope = (changes: Partial<RuleScope> = {}): RuleScope => ({
  name: 'Order',
  accountId: account.id,
  chainId,
  contract: universalRouter,
  selector: '0x3593564c',
  recipients: [],
  token: token(usdc, 'USDC', 6),
  maximumUnits: baseUnits(1_000_000_000n),
  maximumUnitsPerUse: baseUnits(1_000_000_000n),
  maximumFee: wei(30n * 500_000n),
  maximumUses: 5,
  swap: {
    buy: eth,
    limit: { sold: baseUnits(1_000_000_000n), bought: baseUnits(280n * 10n ** 15n) },
    venues: [universalRouter],
  },
  startsAtMs: startMs,
  expiresAtMs: startMs + 86_400_000,
  ...changes,
})
async function make(changes: Partial<RuleScope> = {}): Promise<StandingRule> {
  const { requestId, digest } = await signer.signer.signing.requestRule(scope(changes))
  const { rule } = await signer.signer.signing.approveMessage({ requestId, digest })
  if (!rule) throw new Error('An approved rule holds')
  return rule
}
const use = (
  rule: StandingRule,
  transaction: Uint8Array<ArrayBuffer>,
  preparations: Uint8Array<ArrayBuffer>[] = [],
) =>
  signer.signer.signing.signUnderRule({
    ruleId: rule.id,
    transaction,
    ...(preparations.length > 0 ? { preparations } : {}),
  })
const kept = async ({ id }: StandingRule) => (await signer.signer.rules.list()).find((each) => each.id === id)
const half = { sold: 500_000_000n, bought: 140n * 10n ** 15n }

describe('a rule for exchanging', () => {
  test('signs a swap within its bounds, with the permit that it needs, and counts it', async () => {
    const rule = await make()
    const signed = await use(rule, swap({ gas: 300_000n }))
    const serialized = `0x${Buffer.from(signed.signedTransaction).toString('hex')}` as `0x02${string}`
    expect(await recoverTransactionAddress({ serializedTransaction: serialized })).toBe(account.address)
    expect(await kept(rule)).toMatchObject({ uses: 1, spentUnits: 1_000_000_000n })
  })

  test('signs exactly the approvals of its swap, fees counted together', async () => {
    const rule = await make({ maximumFee: wei(30n * 800_000n) })
    const signed = await use(rule, swap(half), [approval(permit2, half.sold)])
    expect(signed.preparations).toHaveLength(1)
    for (const preparation of [
      approval(stranger, half.sold),
      approval(permit2, half.sold + 1n),
      approval(permit2, half.sold, 7, dai),
      approval(permit2, half.sold, 6),
    ]) {
      await expect(use(rule, swap(half), [preparation])).rejects.toMatchObject({
        code: 'signing.undecodable',
      })
    }
    const tight = await make({ maximumFee: wei(30n * 799_999n) })
    await expect(use(tight, swap(half), [approval(permit2, half.sold)])).rejects.toMatchObject({
      code: 'rule.notCovered',
      params: { reason: 'fee' },
    })
  })

  test.each<[string, Call, string]>([
    ['another token to sell', { sell: dai }, 'token'],
    ['another token to buy', { buy: dai }, 'token'],
    ['a price that is worse by one unit', { bought: 280n * 10n ** 15n - 1n }, 'price'],
    ['a larger size', { sold: 1_000_000_001n, bought: 10n ** 18n }, 'amount'],
    ['a higher fee', { gas: 500_001n }, 'fee'],
    ['a swap that stays valid for long', { deadlineMs: startMs + 3_700_000 }, 'time'],
  ])('does not cover %s', async (_name, call, reason) => {
    const rule = await make()
    await expect(use(rule, swap(call))).rejects.toMatchObject({ code: 'rule.notCovered', params: { reason } })
    expect(await kept(rule)).toMatchObject({ uses: 0, spentUnits: 0n })
  })

  test('pays nobody but the account', async () => {
    const rule = await make()
    await expect(use(rule, swap({ recipient: stranger }))).rejects.toMatchObject({
      code: 'signing.undecodable',
      params: { reason: 'foreignRecipient' },
    })
  })

  test('lets nobody take more than the swap sells', async () => {
    const rule = await make()
    await expect(use(rule, swap({ permitUnits: 1_000_000_001n }))).rejects.toMatchObject({
      code: 'signing.undecodable',
      params: { reason: 'unlimitedAllowance' },
    })
  })

  test('sends nothing: a transfer, and a lone approval, are none of its business', async () => {
    const rule = await make()
    const transfer = encode({
      to: usdc,
      nonce: 1,
      data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [stranger, 1n] }),
    })
    await expect(use(rule, transfer)).rejects.toMatchObject({ code: 'rule.notCovered' })
    await expect(use(rule, approval(permit2, 1n))).rejects.toMatchObject({ code: 'rule.notCovered' })
  })

  test('never exceeds its size over many swaps; those of one nonce count once', async () => {
    const rule = await make()
    await use(rule, swap({ ...half, nonce: 8 }))
    // The first one never came: signed again with its nonce, at a newer price.
    await use(rule, swap({ sold: half.sold, bought: 150n * 10n ** 15n, nonce: 8 }))
    expect(await kept(rule)).toMatchObject({ uses: 1, spentUnits: half.sold })
    await use(rule, swap({ ...half, nonce: 9 }))
    await expect(use(rule, swap({ sold: 1n, bought: 10n ** 18n, nonce: 10 }))).rejects.toMatchObject({
      params: { reason: 'amount' },
    })
    // A larger one in the place of the first would exceed it too.
    await expect(
      use(rule, swap({ sold: half.sold + 1n, bought: 10n ** 18n, nonce: 8 })),
    ).rejects.toMatchObject({ params: { reason: 'amount' } })
    // A smaller one gives nothing back: the larger one may still be carried out.
    await use(rule, swap({ sold: 1n, bought: 10n ** 18n, nonce: 8 }))
    expect(await kept(rule)).toMatchObject({ uses: 2, spentUnits: 1_000_000_000n })
  })

  test('asked twice at the same moment signs for its size once', async () => {
    const rule = await make()
    const outcomes = await Promise.allSettled([use(rule, swap({ nonce: 8 })), use(rule, swap({ nonce: 9 }))])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  test('keeps its count over a restart', async () => {
    const rule = await make()
    await use(rule, swap({ ...half, nonce: 8 }))
    const next = createTestSigner({ folder, keychain: signer.keychain, clock: signer.clock, config })
    await next.signer.vault.unlock({ password: utf8(testPassword) })
    const again = (nonce: number) =>
      next.signer.signing.signUnderRule({ ruleId: rule.id, transaction: swap({ nonce }) })
    await expect(again(9)).rejects.toMatchObject({ params: { reason: 'amount' } })
    expect((await next.signer.rules.list()).find(({ id }) => id === rule.id)).toMatchObject({
      signedByNonce: [{ nonce: 8, units: half.sold }],
    })
  })

  test('ends when it is revoked, used up or over, and signs nothing that outlives it', async () => {
    const revoked = await make()
    await signer.signer.rules.revoke({ ruleId: revoked.id })
    await expect(use(revoked, swap(half))).rejects.toMatchObject({ params: { reason: 'revoked' } })
    const once = await make({ maximumUses: 1 })
    await use(once, swap({ ...half, nonce: 8 }))
    await expect(use(once, swap({ ...half, nonce: 9 }))).rejects.toMatchObject({ params: { reason: 'uses' } })
    const rule = await make()
    signer.clock.nowMs = startMs + 86_400_000 - 300_000
    await expect(use(rule, swap(half))).rejects.toMatchObject({ params: { reason: 'time' } })
    await use(rule, swap({ ...half, deadlineMs: startMs + 86_400_000 - 1000 }))
    signer.clock.nowMs = startMs + 86_400_000
    await expect(use(rule, swap(half))).rejects.toMatchObject({ params: { reason: 'time' } })
  })

  test.each<[string, Partial<RuleScope>, string]>([
    ['the same token on both sides', { swap: { ...bounds(), buy: token(usdc, 'USDC', 6) } }, 'rule.invalid'],
    [
      'no price',
      { swap: { ...bounds(), limit: { sold: baseUnits(1n), bought: baseUnits(0n) } } },
      'rule.invalid',
    ],
    [
      'a contract that nobody can read',
      { contract: stranger, swap: { ...bounds(), venues: [stranger] } },
      'rule.invalid',
    ],
    [
      'one more contract that nobody can read',
      { swap: { ...bounds(), venues: [universalRouter, stranger] } },
      'rule.invalid',
    ],
    ['a recipient', { recipients: [stranger] }, 'rule.invalid'],
    ['another call', { selector: '0xa9059cbb' }, 'rule.invalid'],
    [
      'a token that no list knows',
      { swap: { ...bounds(), buy: token(stranger, 'ETH', 18) } },
      'signing.undecodable',
    ],
  ])('is refused with %s', async (_name, changes, code) => {
    await expect(signer.signer.signing.requestRule(scope(changes))).rejects.toMatchObject({ code })
  })

  test('names the token bought by the list, whatever the caller calls it', async () => {
    const named = { ...token(dai, 'USDC', 6) }
    const { content } = await signer.signer.signing.requestRule(scope({ swap: { ...bounds(), buy: named } }))
    expect(content).toMatchObject({ rule: { swap: { buy: { symbol: 'DAI', decimals: 18 } } } })
  })
})

function bounds(): NonNullable<RuleScope['swap']> {
  return {
    buy: eth,
    limit: { sold: baseUnits(1_000_000_000n), bought: baseUnits(280n * 10n ** 15n) },
    venues: [universalRouter],
  }
}
