import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { recoverTransactionAddress } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import {
  bytesToHex,
  concatHex,
  encodeFunctionData,
  hexToBytes,
  keccak256,
  numberToHex,
  parseAbi,
  parseTransaction,
  serializeTransaction,
  toRlp,
} from 'viem/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SigningRequest } from '../../shared/contract/signing.ts'
import type { Account } from '../../shared/contract/vault.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import { type AccountId, accountIdSchema, chainIdSchema } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { runs } from '../../shared/testing/thoroughness.ts'
import { maximumPendingRequests, requestLifetimeMs } from './signing/pendingRequests.ts'
import {
  createTestSigner,
  publishedPhrase,
  type TestSigner,
  testPassword,
  utf8,
} from './testing/createTestSigner.ts'

const chainId = chainIdSchema.parse(31337)
const tokenAddress = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const recipient = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
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
const erc20 = parseAbi(['function transfer(address,uint256)'])
const expectedAccount = mnemonicToAccount(publishedPhrase)

interface Fields {
  to?: `0x${string}` | null
  value?: bigint
  data?: `0x${string}`
  chainId?: number
  nonce?: number
  maxFeePerGas?: bigint
  maxPriorityFeePerGas?: bigint
  gas?: bigint
}

function transactionOf(fields: Fields = {}) {
  return {
    type: 'eip1559',
    chainId,
    nonce: 7,
    maxPriorityFeePerGas: 1_000_000_000n,
    maxFeePerGas: 30_000_000_000n,
    gas: 21_000n,
    to: recipient,
    value: 1_500_000_000_000_000_000n,
    ...fields,
  } as const
}

function encode(fields: Fields = {}): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hexToBytes(serializeTransaction(transactionOf(fields))))
}

const transferData = (amount: bigint) =>
  encodeFunctionData({ abi: erc20, functionName: 'transfer', args: [recipient, amount] })

let folder: string
let test: TestSigner
let account: Account
let accountId: AccountId

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-signing-'))
  test = createTestSigner({
    folder,
    config: { chains: [{ chainId, name: 'Local chain', nativeToken }], tokens: [token] },
  })
  await test.signer.vault.createFromPhrase({
    phrase: utf8(publishedPhrase),
    password: utf8(testPassword),
    protection: 'password',
    origin: 'imported',
  })
  const [wallet] = await test.signer.vault.listWallets()
  if (!wallet?.accounts[0]) throw new Error('A new wallet has an account')
  account = wallet.accounts[0]
  accountId = account.id
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function request(transaction: Uint8Array<ArrayBuffer>): Promise<SigningRequest> {
  return test.signer.signing.request({ accountId, transaction })
}

const exactly = ({ requestId, digest }: SigningRequest) => ({ requestId, digest })
const only = ({ requestId }: SigningRequest) => ({ requestId })

async function expectRefusal(transaction: Uint8Array<ArrayBuffer>, reason: string): Promise<void> {
  await expect(request(transaction)).rejects.toMatchObject({
    code: 'signing.undecodable',
    params: { reason },
  })
}

describe('a signing request', () => {
  it('says what a native transfer does, from the bytes', async () => {
    const transaction = encode()
    const made = await request(transaction)
    expect(made).toEqual({
      requestId: made.requestId,
      digest: keccak256(transaction),
      expiresAtMs: test.clock.nowMs + requestLifetimeMs,
      chainId,
      chainName: 'Local chain',
      accountId,
      from: { address: expectedAccount.address, ownAccountName: 'Account 1' },
      intent: {
        kind: 'nativeTransfer',
        token: nativeToken,
        to: { address: recipient },
        units: 1_500_000_000_000_000_000n,
      },
      dangers: [],
      nonce: 7,
      gasLimit: 21_000n,
      maxFeePerGas: 30_000_000_000n,
      maxPriorityFeePerGas: 1_000_000_000n,
      maximumFee: 630_000_000_000_000n,
      nativeToken,
      rawTransaction: transaction,
    })
    await test.signer.signing.reject({ requestId: made.requestId })
  })

  it('shows what it touches beforehand, and signs exactly that', async () => {
    const accessList = [{ address: tokenAddress, storageKeys: [`0x${'00'.repeat(31)}05`] }] as const
    const asked = await request(
      Uint8Array.from(hexToBytes(serializeTransaction({ ...transactionOf(), accessList }))),
    )
    expect(asked.accessList).toEqual(accessList)
    const { signedTransaction } = await test.signer.signing.approve(exactly(asked))
    const parsed = parseTransaction(bytesToHex(signedTransaction))
    expect(JSON.stringify(parsed.accessList).toLowerCase()).toBe(JSON.stringify(accessList).toLowerCase())
    expect((await request(encode())).accessList).toBeUndefined()
  })

  it('says what a token transfer does, and names own accounts', async () => {
    const data = encodeFunctionData({
      abi: erc20,
      functionName: 'transfer',
      args: [expectedAccount.address, 2_500_000n],
    })
    const made = await request(encode({ to: tokenAddress, value: 0n, data }))
    expect(made.intent).toEqual({
      kind: 'tokenTransfer',
      token,
      to: { address: expectedAccount.address, ownAccountName: 'Account 1' },
      units: 2_500_000n,
    })
    await test.signer.signing.reject({ requestId: made.requestId })
  })

  it('is refused for every call that is not understood', async () => {
    const to = tokenAddress
    const transfer = transferData(1n)
    for (const [fields, reason] of [
      [{ to, value: 0n, data: '0x00' }, 'unknownCall'],
      [{ to, value: 0n, data: '0xa9059cbb' }, 'unknownCall'],
      [{ to, value: 0n, data: transfer.slice(0, -2) as `0x${string}` }, 'unknownCall'],
      // Trailing bytes, which the token would ignore and nobody would see.
      [{ to, value: 0n, data: concatHex([transfer, '0x00']) }, 'unknownCall'],
      // An address with a dirty upper byte.
      [
        {
          to,
          value: 0n,
          data: concatHex([transfer.slice(0, 10) as `0x${string}`, '0x01', `0x${transfer.slice(12)}`]),
        },
        'unknownCall',
      ],
      // A function that no descriptor explains.
      [{ to, value: 0n, data: '0x12345678' }, 'unknownCall'],
      [{ to, value: 1n, data: transfer }, 'valueWithCall'],
      [{ to: recipient, value: 0n, data: transfer }, 'unknownToken'],
      [{ to: null, value: 0n, data: '0x6000' }, 'contractCreation'],
      [{ to: null }, 'contractCreation'],
    ] satisfies [Fields, string][]) {
      await expectRefusal(encode(fields), reason)
    }
  })

  it('is refused for other kinds of transactions and other encodings of the same one', async () => {
    const good = bytesToHex(encode())
    const bytes = (hex: `0x${string}`) => Uint8Array.from(hexToBytes(hex))
    await expectRefusal(new Uint8Array(0), 'empty')
    await expectRefusal(new Uint8Array(131_073).fill(2), 'tooLarge')
    for (const typed of ['0x03', '0x05', '0x7f', '0x00'] as const) {
      await expectRefusal(bytes(concatHex([typed, `0x${good.slice(4)}`])), 'unknownType')
    }
    // Under another type's byte the fields have another meaning, and here another number.
    await expectRefusal(bytes(concatHex(['0x01', `0x${good.slice(4)}`])), 'malformed')
    const withoutChain = serializeTransaction({
      type: 'legacy',
      to: recipient,
      value: 1n,
      gas: 21_000n,
      gasPrice: 1n,
      nonce: 0,
    })
    await expectRefusal(bytes(withoutChain), 'noChain')
    // A signed one: twelve fields.
    await expectRefusal(bytes(await expectedAccount.signTransaction(transactionOf())), 'malformed')
    await expectRefusal(bytes(`${good}00`), 'malformed')
    // The nonce 7 as a string of one byte, which RLP writes as the byte itself; lists and strings in the long form.
    const nonceAt = good.indexOf('07', 10)
    const length = Number.parseInt(good.slice(4, 6), 16)
    const longer = (length + 1).toString(16)
    const padded = `0x02${longer}${good.slice(6, nonceAt)}81${good.slice(nonceAt)}` as const
    await expectRefusal(bytes(padded), 'malformed')
    await expectRefusal(bytes(`0x02f8${(length - 0xc0).toString(16)}${good.slice(6)}`), 'malformed')
    await expectRefusal(bytes(good.slice(0, -2) as `0x${string}`), 'malformed')
    await expectRefusal(bytes('0x02'), 'malformed')
    await expectRefusal(bytes('0x0280'), 'malformed')
    await expectRefusal(bytes('0x02c0'), 'malformed')
    const list = (over: Record<number, `0x${string}` | `0x${string}`[]>) => {
      const fields: (`0x${string}` | `0x${string}`[])[] = [
        numberToHex(chainId),
        '0x07',
        '0x01',
        '0x02',
        '0x5208',
        recipient,
        '0x01',
        '0x',
        [],
      ]
      return bytes(concatHex(['0x02', toRlp(fields.map((field, index) => over[index] ?? field))]))
    }
    await request(list({}))
    for (const index of [0, 1, 2, 3, 4, 6]) {
      // Numbers with leading zeros.
      await expectRefusal(list({ [index]: '0x0001' }), 'notCanonical')
      await expectRefusal(list({ [index]: `0x01${'00'.repeat(32)}` }), 'outOfRange')
      await expectRefusal(list({ [index]: ['0x01'] }), 'malformed')
    }
    await expectRefusal(list({ 1: '0x20000000000000' }), 'outOfRange')
    await expectRefusal(list({ 2: '0x03' }), 'feesInverted')
    await expectRefusal(list({ 3: `0x${'ff'.repeat(32)}` }), 'outOfRange')
    await expectRefusal(list({ 5: '0x70997970' }), 'malformed')
    await expectRefusal(list({ 8: '0x01' }), 'malformed')
    const entry = (...parts: unknown[]) => list({ 8: [parts] as never })
    await expectRefusal(entry(recipient), 'malformed')
    await expectRefusal(entry(recipient, '0x'), 'malformed')
    await expectRefusal(entry('0x7099', []), 'malformed')
    await expectRefusal(entry(recipient, ['0x01']), 'malformed')
    await expectRefusal(entry(recipient, [], []), 'malformed')
    await expect(request(list({ 0: '0x01' }))).rejects.toMatchObject({ code: 'chain.unknown' })
    await expect(request(list({ 0: '0x' }))).rejects.toMatchObject({ code: 'signing.undecodable' })
  })

  it('never ends in anything but a decoding or a refusal, whatever the bytes', async () => {
    const good = encode()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.of(2, ...bytes)),
          fc
            .tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }))
            .map(([at, change]) => good.map((byte, index) => (index === at ? byte ^ change : byte))),
        ),
        async (transaction) => {
          const outcome = await request(Uint8Array.from(transaction)).catch((error: unknown) => {
            if (error instanceof AppError) return error
            throw error
          })
          if (outcome instanceof AppError) {
            expect(['signing.undecodable', 'chain.unknown']).toContain(outcome.code)
          } else {
            expect(outcome).toMatchObject({ digest: keccak256(transaction) })
            await test.signer.signing.reject(only(outcome))
          }
        },
      ),
      { numRuns: runs(1_000), seed: 1559 },
    )
  })
})

describe('an approval', () => {
  it('signs exactly the bytes that were shown', async () => {
    for (const fields of [{}, { to: tokenAddress, value: 0n, data: transferData(9n) }] satisfies Fields[]) {
      const { requestId, digest } = await request(encode(fields))
      const signed = await test.signer.signing.approve({ requestId, digest })
      // viem, which the signer does not sign with, comes to the same bytes.
      const expected = await expectedAccount.signTransaction(transactionOf(fields))
      expect(bytesToHex(signed.signedTransaction)).toBe(expected)
      expect(signed.transactionHash).toBe(keccak256(expected))
      expect(signed.from).toBe(account.address)
    }
  })

  it('signs random transfers so that they recover to the account', async () => {
    const uint = (bits: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n })
    await fc.assert(
      fc.asyncProperty(
        uint(256),
        uint(64),
        uint(64),
        uint(40),
        fc.nat(),
        async (value, tip, extra, gas, nonce) => {
          const fields = { value, maxPriorityFeePerGas: tip, maxFeePerGas: tip + extra, gas, nonce }
          const { requestId, digest, intent } = await request(encode(fields))
          expect(intent).toMatchObject({ kind: 'nativeTransfer', units: value })
          const { signedTransaction } = await test.signer.signing.approve({ requestId, digest })
          const serializedTransaction = bytesToHex(signedTransaction) as `0x02${string}`
          expect(await recoverTransactionAddress({ serializedTransaction })).toBe(account.address)
          expect(parseTransaction(serializedTransaction)).toMatchObject(
            Object.fromEntries(Object.entries(fields).filter(([, field]) => Number(field) !== 0)),
          )
        },
      ),
      { numRuns: runs(60), seed: 1559 },
    )
  })

  it('counts once', async () => {
    const { requestId, digest } = await request(encode())
    const outcomes = await Promise.allSettled([
      test.signer.signing.approve({ requestId, digest }),
      test.signer.signing.approve({ requestId, digest }),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(test.signer.signing.approve({ requestId, digest })).rejects.toMatchObject({
      code: 'signing.unknownRequest',
    })
  })

  it('counts for its own request and its own bytes only', async () => {
    const mine = await request(encode())
    const other = await request(encode({ value: 2n }))
    await expect(
      test.signer.signing.approve({ requestId: mine.requestId, digest: other.digest }),
    ).rejects.toMatchObject({ code: 'signing.digestMismatch' })
    await expect(
      test.signer.signing.approve({ requestId: crypto.randomUUID(), digest: mine.digest }),
    ).rejects.toMatchObject({ code: 'signing.unknownRequest' })
    // Neither spoilt the right approvals.
    for (const { requestId, digest } of [mine, other]) {
      await test.signer.signing.approve({ requestId, digest })
    }
  })

  it('does not follow bytes that the caller changes after asking', async () => {
    const transaction = encode()
    const made = await request(transaction)
    transaction.fill(0)
    made.rawTransaction.fill(0)
    const { signedTransaction } = await test.signer.signing.approve(exactly(made))
    expect(bytesToHex(signedTransaction)).toBe(await expectedAccount.signTransaction(transactionOf()))
  })

  it('does not count after a rejection, nor after five minutes', async () => {
    const rejected = await request(encode())
    await test.signer.signing.reject(only(rejected))
    await expect(test.signer.signing.approve(exactly(rejected))).rejects.toMatchObject({
      code: 'signing.unknownRequest',
    })
    const expired = await request(encode())
    test.clock.nowMs += requestLifetimeMs
    await expect(test.signer.signing.approve(exactly(expired))).rejects.toMatchObject({
      code: 'signing.expired',
    })
    await expect(test.signer.signing.approve(exactly(expired))).rejects.toMatchObject({
      code: 'signing.unknownRequest',
    })
  })

  it('is asked for a limited number of requests at a time', async () => {
    test.clock.nowMs += requestLifetimeMs
    const requests = []
    for (let count = 0; count < maximumPendingRequests; count++) requests.push(await request(encode()))
    await expect(request(encode())).rejects.toMatchObject({ code: 'signing.busy' })
    for (const { requestId } of requests) await test.signer.signing.reject({ requestId })
    const last = await request(encode())
    await test.signer.signing.reject(only(last))
  })

  it('is refused for an account that is not there', async () => {
    await expect(
      test.signer.signing.request({ accountId: accountIdSchema.parse('none'), transaction: encode() }),
    ).rejects.toMatchObject({ code: 'account.missing' })
  })

  it('dies with the lock, and nothing is asked while locked', async () => {
    const made = await request(encode())
    await test.signer.vault.lock()
    await expect(test.signer.signing.approve(exactly(made))).rejects.toMatchObject({ code: 'vault.locked' })
    await expect(request(encode())).rejects.toMatchObject({ code: 'vault.locked' })
    await test.signer.vault.unlock({ password: utf8(testPassword) })
    await expect(test.signer.signing.approve(exactly(made))).rejects.toMatchObject({
      code: 'signing.unknownRequest',
    })
  })
})
