import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Hex,
  hashMessage,
  hashTypedData,
  recoverAddress,
  recoverMessageAddress,
  zeroAddress,
} from 'viem'
import { hashAuthorization, hexToBytes, keccak256, numberToHex, serializeTransaction } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { MessageRequest } from '../../shared/contract/messages.ts'
import type { RuleScope } from '../../shared/contract/rules.ts'
import { vaultFileName } from '../../shared/contract/signer.ts'
import type { Account } from '../../shared/contract/vault.ts'
import { chainIdSchema } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { baseUnits, wei } from '../../shared/money/units.ts'
import { createDescriptorBook } from './signing/clear/DescriptorBook.ts'
import { readTypedData } from './signing/messages/readTypedData.ts'
import { requestLifetimeMs } from './signing/pendingRequests.ts'
import {
  createTestSigner,
  publishedPhrase,
  type TestSigner,
  testPassword,
  utf8,
} from './testing/createTestSigner.ts'
import { readTestCases } from './testing/readTestCases.ts'

const chainId = chainIdSchema.parse(1)
const tokenAddress = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'
const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const friend = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const delegate = '0x63c0c19a282a1B52b07dD5a65b58948A07DAE32B'
const nativeToken: Token = {
  ref: { chainId, address: 'native' },
  symbol: 'ETH',
  name: 'Ether',
  decimals: 18,
  assetClass: 'coin',
  source: 'native',
}
const token: Token = {
  ref: { chainId, address: tokenAddress },
  symbol: 'USDC',
  name: 'USD Coin',
  decimals: 6,
  assetClass: 'stablecoin',
  pegCurrency: 'USD',
  source: 'list',
}

let folder: string
let test: TestSigner
let account: Account

const config = {
  chains: [{ chainId, name: 'Ethereum', nativeToken }],
  tokens: [token],
  delegates: [{ chainId, address: delegate, name: 'Delegator' }] as const,
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-messages-'))
  test = createTestSigner({ folder, config: { ...config, delegates: [...config.delegates] } })
  await test.signer.vault.createFromPhrase({
    phrase: utf8(publishedPhrase),
    password: utf8(testPassword),
    protection: 'password',
    origin: 'imported',
  })
  const [wallet] = await test.signer.vault.listWallets()
  if (!wallet?.accounts[0]) throw new Error('A new wallet has an account')
  account = wallet.accounts[0]
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const exactly = ({ requestId, digest, dangers }: MessageRequest) => ({
  requestId,
  digest,
  accepted: dangers.map(({ kind }) => kind),
})
const approve = async (request: MessageRequest) => test.signer.signing.approveMessage(exactly(request))
const asHex = (bytes: Uint8Array | undefined): Hex => `0x${Buffer.from(bytes ?? []).toString('hex')}`
const askText = (message: Uint8Array<ArrayBuffer>) =>
  test.signer.signing.requestMessage({ accountId: account.id, message, allowUnknown: true })
const askData = (data: unknown, allowUnknown = true) =>
  test.signer.signing.requestTypedData({
    accountId: account.id,
    chainId,
    typedData: JSON.stringify(data),
    ...(allowUnknown && { allowUnknown }),
  })

describe('EIP-191 messages', () => {
  it('are shown as text and signed so that the account is recovered', async () => {
    const message = 'Sign in to 港.example\nNonce: 42'
    const request = await askText(utf8(message))
    expect(request).toMatchObject({ content: { kind: 'text', text: message }, digest: hashMessage(message) })
    expect(request).not.toHaveProperty('chain')
    const { signature } = await approve(request)
    expect(await recoverMessageAddress({ message, signature: asHex(signature) })).toBe(account.address)
  })

  it.each([
    ['bytes', Uint8Array.from({ length: 32 }, (_, index) => 0xf0 ^ index)],
    ['a text with a change of direction', utf8('pay \u202e001 to me')],
    ['a text with a hidden character', utf8('a\u200bb')],
  ])('that are %s are marked as unreadable', async (_name, message) => {
    const { content } = await askText(message)
    expect(content).toEqual({ kind: 'text', hex: asHex(message) })
  })

  it('are approved once, exactly, in time, and not as transactions', async () => {
    const request = await askText(utf8('once'))
    const wrong = { ...exactly(request), digest: keccak256('0x00') }
    await expect(test.signer.signing.approveMessage(wrong)).rejects.toMatchObject({
      code: 'signing.digestMismatch',
    })
    await expect(test.signer.signing.approve(exactly(request))).rejects.toMatchObject({
      code: 'signing.unknownRequest',
    })
    await approve(request)
    await expect(approve(request)).rejects.toMatchObject({ code: 'signing.unknownRequest' })
    const rejected = await askText(utf8('rejected'))
    await test.signer.signing.reject({ requestId: rejected.requestId })
    await expect(approve(rejected)).rejects.toMatchObject({ code: 'signing.unknownRequest' })
    const late = await askText(utf8('late'))
    test.clock.nowMs += requestLifetimeMs
    await expect(approve(late)).rejects.toMatchObject({ code: 'signing.expired' })
  })
})

const mail = {
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallet', type: 'address' },
    ],
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person' },
      { name: 'contents', type: 'string' },
    ],
  },
  primaryType: 'Mail',
  domain: {
    name: 'Ether Mail',
    version: '1',
    chainId: 1,
    verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
  },
  message: {
    from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
    to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
    contents: 'Hello, Bob!',
  },
}

describe('EIP-712 data', () => {
  it('the example that it prints has the hash that it prints, and is shown whole', async () => {
    const request = await askData(mail)
    expect(request.digest).toBe('0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2')
    expect(request.chain).toEqual({ chainId, name: 'Ethereum' })
    expect(request.content).toMatchObject({
      kind: 'typedData',
      primaryType: 'Mail',
      fields: [
        {
          name: 'from',
          type: 'Person',
          fields: [
            { name: 'name', value: 'Cow' },
            { name: 'wallet', value: mail.message.from.wallet },
          ],
        },
        { name: 'to' },
        { name: 'contents', type: 'string', value: 'Hello, Bob!' },
      ],
    })
    expect(request.content).not.toHaveProperty('reading')
    expect(request.dangers).toEqual([{ kind: 'unknownData' }])
    await expect(askData(mail, false)).rejects.toMatchObject({
      code: 'signing.undecodable',
      params: { reason: 'unknownData' },
    })
    const { requestId, digest } = request
    await expect(test.signer.signing.approveMessage({ requestId, digest })).rejects.toMatchObject({
      code: 'signing.notApproved',
    })
    const { signature } = await approve(request)
    expect(await recoverAddress({ hash: request.digest, signature: asHex(signature) })).toBe(account.address)
  })

  it('has the digests of @ethersproject/testcases', () => {
    const cases = z
      .array(
        z.object({
          domain: z.record(z.string(), z.unknown()),
          primaryType: z.string(),
          types: z.record(z.string(), z.array(z.object({ name: z.string(), type: z.string() }))),
          data: z.record(z.string(), z.unknown()),
          digest: z.string(),
        }),
      )
      .parse(readTestCases('eip712'))
    const context = {
      book: createDescriptorBook([], () => undefined),
      chains: [],
      tokens: [],
      ownNameOf: () => undefined,
      ownAddresses: () => [],
      onFault: (thrown: unknown) => {
        throw thrown
      },
      account: zeroAddress,
      limitOrderProtocol: undefined,
    } as const
    let read = 0
    for (const { domain, primaryType, types, data, digest } of cases) {
      const own = Number(domain.chainId ?? 1)
      const json = JSON.stringify({ types, primaryType, domain, message: data })
      expect(readTypedData(json, chainIdSchema.parse(own), context).digest).toBe(digest)
      read++
    }
    expect(read).toBeGreaterThan(1_000)
  })

  it.each([
    ['another chain', { ...mail, domain: { ...mail.domain, chainId: 5 } }, 'signing.wrongChain'],
    [
      'a domain that says more than is signed',
      { ...mail, types: { ...mail.types, EIP712Domain: mail.types.EIP712Domain.slice(0, 2) } },
      'signing.undecodable',
    ],
    [
      'a missing member',
      { ...mail, message: { from: mail.message.from, to: mail.message.to } },
      'signing.undecodable',
    ],
    [
      'an unknown type',
      { ...mail, types: { ...mail.types, Person: [{ name: 'x', type: 'Nobody' }] } },
      'signing.undecodable',
    ],
    [
      'a type that holds itself',
      { ...mail, types: { ...mail.types, Mail: [{ name: 'from', type: 'Mail' }] } },
      'signing.undecodable',
    ],
    ['another primary type', { ...mail, primaryType: 'EIP712Domain' }, 'signing.undecodable'],
    ['nothing', null, 'signing.undecodable'],
  ])('with %s is refused', async (_name, data, code) => {
    await expect(askData(data)).rejects.toMatchObject({ code })
  })

  const permit = (value: string) => ({
    types: {
      Permit: ['owner:address', 'spender:address', 'value:uint256', 'nonce:uint256', 'deadline:uint256'].map(
        (each) => {
          const [name, type] = each.split(':')
          return { name, type }
        },
      ),
    },
    primaryType: 'Permit',
    domain: { name: 'USD Coin', version: '2', chainId: 1, verifyingContract: tokenAddress },
    message: { owner: account.address, spender: friend, value, nonce: 0, deadline: '1800000000' },
  })

  it('of EIP-2612 is an allowance in words, with or without a limit', async () => {
    const limited = await askData(permit('1500000'), false)
    expect(limited.content).toMatchObject({
      reading: {
        sentence: {
          template: 'Let {spender} take {value}',
          values: {
            spender: [{ kind: 'address', address: friend }],
            value: [{ kind: 'amount', units: 1_500_000n, token }],
          },
        },
        effects: { grants: [{ token: tokenAddress, to: friend, units: 1_500_000n }] },
      },
    })
    expect(limited.dangers).toEqual([{ kind: 'unknownSpender', address: friend }])
    const unlimited = await askData(permit(String(2n ** 256n - 1n)), false)
    expect(unlimited.dangers).toContainEqual({ kind: 'unlimitedAllowance', address: friend, name: 'USDC' })
    expect(unlimited.digest).toBe(hashTypedData(permit(String(2n ** 256n - 1n)) as never))
  })

  it('of a permit for somebody else’s tokens says that the owner is none of the user’s', async () => {
    const foreign = permit('1')
    const { dangers } = await askData({ ...foreign, message: { ...foreign.message, owner: friend } }, false)
    expect(dangers).toContainEqual({ kind: 'unexpectedAddress', address: friend })
  })

  it('of Permit2 is an allowance only at Permit2', async () => {
    const single = (verifyingContract: string) => ({
      types: {
        PermitSingle: [
          { name: 'details', type: 'PermitDetails' },
          { name: 'spender', type: 'address' },
          { name: 'sigDeadline', type: 'uint256' },
        ],
        PermitDetails: [
          { name: 'token', type: 'address' },
          { name: 'amount', type: 'uint160' },
          { name: 'expiration', type: 'uint48' },
          { name: 'nonce', type: 'uint48' },
        ],
      },
      primaryType: 'PermitSingle',
      domain: { name: 'Permit2', chainId: 1, verifyingContract },
      message: {
        details: { token: tokenAddress, amount: '25', expiration: 1_800_000_000, nonce: 0 },
        spender: friend,
        sigDeadline: '1800000000',
      },
    })
    const read = await askData(single(permit2), false)
    expect(read.content).toMatchObject({
      reading: {
        owner: 'Uniswap',
        effects: { grants: [{ token: tokenAddress, to: friend, units: 25n }] },
        sentence: { values: { 'details.expiration': [{ kind: 'date', atMs: 1_800_000_000_000 }] } },
      },
    })
    await expect(askData(single(friend), false)).rejects.toMatchObject({ code: 'signing.undecodable' })
  })
})

describe('EIP-7702 authorisations', () => {
  const ask = (to: Hex, nonce = 3) =>
    test.signer.signing.requestDelegation({ accountId: account.id, chainId, delegate: to, nonce })

  it('are signed for delegates of the list, on their chain', async () => {
    const request = await ask(delegate)
    expect(request.digest).toBe(hashAuthorization({ chainId: 1, address: delegate, nonce: 3 }))
    expect(request.content).toEqual({
      kind: 'delegation',
      nonce: 3,
      delegate: { address: delegate, name: 'Delegator' },
    })
    const { signature } = await approve(request)
    expect(await recoverAddress({ hash: request.digest, signature: asHex(signature) })).toBe(account.address)
  })

  it('can always be taken back, and are refused for anybody else', async () => {
    const back = await ask('0x0000000000000000000000000000000000000000')
    expect(back.content).toEqual({ kind: 'delegation', nonce: 3 })
    await expect(ask(friend)).rejects.toMatchObject({ code: 'signing.delegateNotAllowed' })
  })
})

describe('standing rules', () => {
  const scope = (changes: Partial<RuleScope> = {}): RuleScope => ({
    name: 'Rent',
    accountId: account.id,
    chainId,
    contract: tokenAddress,
    selector: '0xa9059cbb',
    recipients: [friend],
    token,
    maximumUnits: baseUnits(100n),
    maximumUnitsPerUse: baseUnits(60n),
    maximumFee: wei(10n ** 15n),
    maximumUses: 3,
    startsAtMs: test.clock.nowMs,
    expiresAtMs: test.clock.nowMs + 86_400_000,
    ...changes,
  })
  const transfer = (
    units: bigint,
    changes: { to?: Hex; contract?: Hex; gas?: bigint; chainId?: number } = {},
  ) =>
    Uint8Array.from(
      hexToBytes(
        serializeTransaction({
          type: 'eip1559',
          chainId: changes.chainId ?? 1,
          nonce: 1,
          gas: changes.gas ?? 50_000n,
          maxFeePerGas: 10n ** 9n,
          maxPriorityFeePerGas: 1n,
          to: changes.contract ?? tokenAddress,
          data: `0xa9059cbb${(changes.to ?? friend).slice(2).padStart(64, '0')}${numberToHex(units, { size: 32 }).slice(2)}`,
        }),
      ),
    )
  const make = async (changes: Partial<RuleScope> = {}) => {
    const request = await test.signer.signing.requestRule(scope(changes))
    const { rule } = await approve(request)
    if (!rule) throw new Error('An approved rule holds')
    return rule
  }
  const use = (ruleId: string, transaction: Uint8Array<ArrayBuffer>) =>
    test.signer.signing.signUnderRule({ ruleId: ruleId as never, transaction })

  it('begin only with an approval of all their words', async () => {
    const before = (await test.signer.rules.list()).length
    const request = await test.signer.signing.requestRule(scope({ name: 'Asked' }))
    expect(request.content).toMatchObject({
      kind: 'standingRule',
      rule: { name: 'Asked', maximumUnits: 100n },
    })
    const wider = await test.signer.signing.requestRule(
      scope({ name: 'Asked', maximumUnits: baseUnits(101n) }),
    )
    expect(wider.digest).not.toBe(request.digest)
    expect(await test.signer.rules.list()).toHaveLength(before)
    await test.signer.signing.reject({ requestId: request.requestId })
    await test.signer.signing.reject({ requestId: wider.requestId })
  })

  it('sign within their bounds, and count it on the disk', async () => {
    const rule = await make()
    const signed = await use(rule.id, transfer(60n))
    expect(signed.from).toBe(account.address)
    await expect(use(rule.id, transfer(41n))).rejects.toMatchObject({
      code: 'rule.notCovered',
      params: { reason: 'amount' },
    })
    await use(rule.id, transfer(40n))
    const next = createTestSigner({
      folder,
      keychain: test.keychain,
      clock: test.clock,
      config: { ...config, delegates: [] },
    })
    await next.signer.vault.unlock({ password: utf8(testPassword) })
    expect((await next.signer.rules.list()).find(({ id }) => id === rule.id)).toMatchObject({
      uses: 2,
      spentUnits: 100n,
    })
    await expect(
      next.signer.signing.signUnderRule({ ruleId: rule.id, transaction: transfer(1n) }),
    ).rejects.toMatchObject({ params: { reason: 'amount' } })
  })

  it('cover nothing else', async () => {
    const rule = await make()
    const refusals: [Uint8Array<ArrayBuffer>, string][] = [
      [transfer(61n), 'amount'],
      [transfer(1n, { to: delegate }), 'recipient'],
      [transfer(1n, { gas: 10_000_000n }), 'fee'],
      [
        Uint8Array.from(
          hexToBytes(
            serializeTransaction({ type: 'eip1559', chainId: 1, to: tokenAddress, value: 1n, gas: 21_000n }),
          ),
        ),
        'selector',
      ],
    ]
    for (const [transaction, reason] of refusals) {
      await expect(use(rule.id, transaction)).rejects.toMatchObject({
        code: 'rule.notCovered',
        params: { reason },
      })
    }
    await expect(use(rule.id, transfer(1n, { chainId: 5 }))).rejects.toMatchObject({ code: 'chain.unknown' })
    await expect(use('another', transfer(1n))).rejects.toMatchObject({ code: 'rule.missing' })
    expect((await test.signer.rules.list()).find(({ id }) => id === rule.id)).toMatchObject({ uses: 0 })
  })

  it('end when they are revoked, used up, or over', async () => {
    const revoked = await make()
    await test.signer.rules.revoke({ ruleId: revoked.id })
    await expect(use(revoked.id, transfer(1n))).rejects.toMatchObject({ params: { reason: 'revoked' } })
    const once = await make({ maximumUses: 1 })
    await use(once.id, transfer(1n))
    // The backup copy of the file knows it too: restoring that one revives nothing.
    const [main, backup] = [vaultFileName, `${vaultFileName}.bak`].map((name) => join(folder, name))
    expect(await readFile(backup ?? '')).toEqual(await readFile(main ?? ''))
    await expect(use(once.id, transfer(1n))).rejects.toMatchObject({ params: { reason: 'uses' } })
    const later = await make({ startsAtMs: test.clock.nowMs + 1_000 })
    await expect(use(later.id, transfer(1n))).rejects.toMatchObject({ params: { reason: 'time' } })
    test.clock.nowMs += 86_400_000
    await expect(use(later.id, transfer(1n))).rejects.toMatchObject({ params: { reason: 'time' } })
  })

  it('do not sign twice what only one use is left for, asked at the same moment', async () => {
    const rule = await make({ maximumUses: 1 })
    const outcomes = await Promise.allSettled([use(rule.id, transfer(1n)), use(rule.id, transfer(2n))])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  it.each([
    ['no end', { expiresAtMs: 0 }],
    ['an end in years', { expiresAtMs: 4_000_000_000_000 }],
    ['nobody to send to', { recipients: [] }],
    ['more at once than in all', { maximumUnitsPerUse: baseUnits(101n) }],
    ['another contract than the token’s', { contract: friend }],
    ['coin under a call', { token: nativeToken }],
  ] satisfies [string, Partial<RuleScope>][])('with %s are refused', async (_name, changes) => {
    await expect(test.signer.signing.requestRule(scope(changes))).rejects.toMatchObject({
      code: 'rule.invalid',
    })
  })

  it('name tokens by the list, whatever the caller calls them', async () => {
    const named = { ...token, symbol: 'SAFE', decimals: 18 }
    const request = await test.signer.signing.requestRule(scope({ token: named }))
    expect(request.content).toMatchObject({ rule: { token: { symbol: 'USDC', decimals: 6 } } })
    const unknown: Token = { ...token, ref: { chainId, address: friend } }
    await expect(
      test.signer.signing.requestRule(scope({ token: unknown, contract: friend })),
    ).rejects.toMatchObject({ code: 'signing.undecodable' })
  })
})
