import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeAbiParameters, parseAbiParameters, recoverTypedDataAddress } from 'viem'
import {
  bytesToHex,
  concatHex,
  decodeAbiParameters,
  decodeFunctionData,
  encodeFunctionData,
  hexToBytes,
  parseAbi,
  parseTransaction,
  serializeTransaction,
} from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account } from '../../../../shared/contract/vault.ts'
import { type Address, chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import {
  createTestSigner,
  publishedPhrase,
  type TestSigner,
  testPassword,
  utf8,
} from '../../testing/createTestSigner.ts'

const chainId = chainIdSchema.parse(31337)
const universalRouter: Address = '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af'
const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const wrappedNative: Address = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2'
const balancerVault: Address = '0xBA12222222228d8Ba445958a75a0704d566BF2C8'
const usdc: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const stranger: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const toUser: Address = '0x0000000000000000000000000000000000000001'
const toRouter: Address = '0x0000000000000000000000000000000000000002'
const coin: Address = '0x0000000000000000000000000000000000000000'

const token = (address: Address | 'native', symbol: string, decimals: number): Token => ({
  ref: { chainId, address },
  symbol,
  name: symbol,
  decimals,
  assetClass: 'token',
  source: address === 'native' ? 'native' : 'list',
})

const routerAbi = parseAbi(['function execute(bytes commands, bytes[] inputs, uint256 deadline) payable'])
const erc20 = parseAbi(['function approve(address,uint256) returns (bool)'])
const vaultAbi = parseAbi([
  'struct SingleSwap { bytes32 poolId; uint8 kind; address assetIn; address assetOut; uint256 amount; bytes userData; }',
  'struct FundManagement { address sender; bool fromInternalBalance; address recipient; bool toInternalBalance; }',
  'function swap(SingleSwap singleSwap, FundManagement funds, uint256 limit, uint256 deadline) payable returns (uint256)',
])
const v3 = parseAbiParameters('address, uint256, uint256, bytes, bool')
const move = parseAbiParameters('address, address, uint256')
const permitParameters = parseAbiParameters([
  'PermitSingle permit, bytes signature',
  'struct PermitDetails { address token; uint160 amount; uint48 expiration; uint48 nonce; }',
  'struct PermitSingle { PermitDetails details; address spender; uint256 sigDeadline; }',
])

const sold = 1_000_000_000n
const minimum = 280_000_000_000_000_000n
const path = concatHex([usdc, '0x0001f4', wrappedNative]).toLowerCase() as `0x${string}`
const nowSeconds = 1_700_000_000

type Hex = `0x${string}`
interface Command {
  readonly code: number
  readonly input: Hex
}

const permit = (
  changes: object = {},
  details: object = {},
  signature: Hex = `0x${'00'.repeat(65)}`,
): Command => ({
  code: 0x0a,
  input: encodeAbiParameters(permitParameters, [
    {
      details: { token: usdc, amount: sold, expiration: nowSeconds + 1800, nonce: 0, ...details },
      spender: universalRouter,
      sigDeadline: BigInt(nowSeconds + 1800),
      ...changes,
    },
    signature,
  ]),
})
const swapIn = (recipient: Address = toRouter, amount = sold, limit = 0n): Command => ({
  code: 0x00,
  input: encodeAbiParameters(v3, [recipient, amount, limit, path, true]),
})
const unwrap = (recipient: Address = toUser, least = minimum): Command => ({
  code: 0x0c,
  input: encodeAbiParameters(parseAbiParameters('address, uint256'), [recipient, least]),
})
const honest = [permit(), swapIn(), unwrap()]

const execute = (commands: readonly Command[], deadline = BigInt(nowSeconds + 600)): Hex =>
  encodeFunctionData({
    abi: routerAbi,
    functionName: 'execute',
    args: [
      concatHex(commands.map(({ code }) => `0x${code.toString(16).padStart(2, '0')}` as Hex)),
      commands.map(({ input }) => input),
      deadline,
    ],
  })

const encode = (fields: { to?: Address; data?: Hex; value?: bigint; nonce?: number } = {}) =>
  hexToBytes(
    serializeTransaction({
      type: 'eip1559',
      chainId,
      nonce: 8,
      maxPriorityFeePerGas: 1n,
      maxFeePerGas: 30n,
      gas: 400_000n,
      to: universalRouter,
      ...fields,
    }),
  )
const approval = (spender: Address, amount: bigint, nonce = 7, to: Address = usdc) =>
  encode({
    to,
    nonce,
    data: encodeFunctionData({ abi: erc20, functionName: 'approve', args: [spender, amount] }),
  })

let folder: string
let signer: TestSigner
let account: Account
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-swap-'))
  signer = createTestSigner({
    folder,
    clock: { nowMs: nowSeconds * 1000 },
    config: {
      chains: [
        {
          chainId,
          name: 'Local chain',
          nativeToken: token('native', 'ETH', 18),
          swaps: { universalRouter, permit2, wrappedNative, balancerVault },
        },
      ],
      tokens: [token(usdc, 'USDC', 6), token(wrappedNative, 'WETH', 18)],
    },
  })
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

const request = (transaction: Uint8Array, preparations: readonly Uint8Array[] = []) =>
  signer.signer.signing.request({
    accountId: account.id,
    transaction: Uint8Array.from(transaction),
    ...(preparations.length === 0 ? {} : { preparations: preparations.map((each) => Uint8Array.from(each)) }),
  })

describe('what a swap does', () => {
  test('is read from the commands, with its allowances', async () => {
    const read = await request(encode({ data: execute(honest) }), [approval(permit2, sold)])
    expect(read.intent).toMatchObject({
      kind: 'swap',
      sell: { symbol: 'USDC' },
      maximumSold: sold,
      buy: { symbol: 'ETH' },
      minimumBought: minimum,
      through: { address: universalRouter },
      validUntilMs: (nowSeconds + 600) * 1000,
      permit: { spender: universalRouter, units: sold, expiresAtMs: (nowSeconds + 1800) * 1000 },
    })
    expect(read.preparations).toMatchObject([{ kind: 'approve', units: sold, nonce: 7 }])
    expect(read.maximumFee).toBe(2n * 400_000n * 30n)
  })

  test('is signed as shown, the permit too, and nothing else is changed', async () => {
    const unsigned = encode({ data: execute(honest) })
    const { requestId, digest } = await request(unsigned, [approval(permit2, sold)])
    const signed = await signer.signer.signing.approve({ requestId, digest })
    expect(signed.preparations).toHaveLength(1)
    const { data } = parseTransaction(bytesToHex(signed.signedTransaction) as `0x02${string}`)
    const [commands, inputs] = decodeFunctionData({ abi: routerAbi, data: data ?? '0x' }).args
    expect(commands).toBe('0x0a000c')
    expect(inputs.slice(1)).toEqual(honest.slice(1).map(({ input }) => input))
    const [permitted, signature] = decodeAbiParameters(permitParameters, inputs[0] ?? '0x')
    const { details, spender, sigDeadline } = permitted
    expect(
      await recoverTypedDataAddress({
        domain: { name: 'Permit2', chainId, verifyingContract: permit2 },
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
        message: { details, spender, sigDeadline },
        signature,
      }),
    ).toBe(account.address)
    await expect(signer.signer.signing.approve({ requestId, digest })).rejects.toMatchObject({
      code: 'signing.unknownRequest',
    })
  })

  test('an exact purchase says the most that it takes', async () => {
    const backwards = concatHex([usdc, '0x0001f4', wrappedNative])
    const read = await request(
      encode({
        value: minimum,
        data: execute([
          {
            code: 0x0b,
            input: encodeAbiParameters(parseAbiParameters('address, uint256'), [toRouter, minimum]),
          },
          { code: 0x01, input: encodeAbiParameters(v3, [toUser, sold, minimum, backwards, false]) },
          unwrap(toUser, 0n),
          { code: 0x04, input: encodeAbiParameters(move, [coin, toUser, 0n]) },
        ]),
      }),
    )
    expect(read.intent).toMatchObject({
      kind: 'swap',
      sell: { symbol: 'ETH' },
      maximumSold: minimum,
      buy: { symbol: 'USDC' },
      minimumBought: sold,
    })
  })
})

describe('a hostile caller', () => {
  const swapCall = (commands: readonly Command[]) => encode({ data: execute(commands) })
  const vaultCall = (recipient: Address, limit: bigint) =>
    encode({
      to: balancerVault,
      data: encodeFunctionData({
        abi: vaultAbi,
        functionName: 'swap',
        args: [
          {
            poolId: `0x${'1'.repeat(64)}`,
            kind: 0,
            assetIn: usdc,
            assetOut: wrappedNative,
            amount: sold,
            userData: '0x',
          },
          { sender: account.address, fromInternalBalance: false, recipient, toInternalBalance: false },
          limit,
          BigInt(nowSeconds + 600),
        ],
      }),
    })

  test.each<[string, () => Uint8Array, string]>([
    [
      'sends what is bought to a stranger',
      () => swapCall([permit(), swapIn(), unwrap(stranger)]),
      'foreignRecipient',
    ],
    [
      'swaps straight to a stranger',
      () => swapCall([permit(), swapIn(stranger, sold, 1n)]),
      'foreignRecipient',
    ],
    [
      'sweeps to a stranger',
      () => swapCall([...honest, { code: 0x04, input: encodeAbiParameters(move, [usdc, stranger, 0n]) }]),
      'foreignRecipient',
    ],
    [
      'pulls more than it sells to a stranger',
      () => swapCall([...honest, { code: 0x02, input: encodeAbiParameters(move, [usdc, stranger, 5n]) }]),
      'foreignRecipient',
    ],
    [
      'adds a transfer',
      () => swapCall([...honest, { code: 0x05, input: encodeAbiParameters(move, [usdc, stranger, 5n]) }]),
      'unknownCommand',
    ],
    [
      'pays a portion',
      () => swapCall([...honest, { code: 0x06, input: encodeAbiParameters(move, [coin, stranger, 9_000n]) }]),
      'unknownCommand',
    ],
    [
      'lets a command fail',
      () => swapCall([permit(), { ...swapIn(), code: 0x80 }, unwrap()]),
      'unknownCommand',
    ],
    ['hides a plan in a plan', () => swapCall([...honest, { code: 0x21, input: '0x' }]), 'unknownCommand'],
    ['asks for no minimum', () => swapCall([permit(), swapIn(), unwrap(toUser, 0n)]), 'noMinimum'],
    [
      'permits more than it sells',
      () => swapCall([permit({}, { amount: sold + 1n }), swapIn(), unwrap()]),
      'unlimitedAllowance',
    ],
    [
      'permits without limit',
      () => swapCall([permit({}, { amount: (1n << 160n) - 1n }), swapIn(), unwrap()]),
      'unlimitedAllowance',
    ],
    [
      'permits a stranger',
      () => swapCall([permit({ spender: stranger }), swapIn(), unwrap()]),
      'foreignSpender',
    ],
    [
      'permits for ever',
      () => swapCall([permit({}, { expiration: 2 ** 48 - 1 }), swapIn(), unwrap()]),
      'unlimitedAllowance',
    ],
    [
      'permits another token',
      () => swapCall([permit({}, { token: wrappedNative }), swapIn(), unwrap()]),
      'unlimitedAllowance',
    ],
    ['permits twice', () => swapCall([permit(), permit(), swapIn(), unwrap()]), 'unknownCommand'],
    [
      'sells all that there is',
      () => swapCall([permit(), swapIn(toRouter, 1n << 255n), unwrap()]),
      'unlimitedAllowance',
    ],
    ['sells a second token as well', () => encode({ value: 5n, data: execute(honest) }), 'noMinimum'],
    ['sends the vault’s output to a stranger', () => vaultCall(stranger, minimum), 'foreignRecipient'],
    ['asks the vault for no minimum', () => vaultCall(account.address, 0n), 'noMinimum'],
    ['hides bytes behind the call', () => encode({ data: `${execute(honest)}00` }), 'unknownCall'],
  ])('that %s is refused', async (_name, transaction, reason) => {
    await expect(request(transaction())).rejects.toMatchObject({
      code: 'signing.undecodable',
      params: { reason },
    })
  })

  test.each<[string, () => Uint8Array[], string]>([
    ['approves without limit', () => [approval(permit2, 2n ** 256n - 1n)], 'unlimitedAllowance'],
    ['approves a little more', () => [approval(permit2, sold + 1n)], 'unlimitedAllowance'],
    ['approves a stranger', () => [approval(stranger, sold)], 'foreignSpender'],
    ['approves the router itself', () => [approval(universalRouter, sold)], 'foreignSpender'],
    ['approves another token', () => [approval(permit2, sold, 7, wrappedNative)], 'unknownPreparation'],
    ['leaves a gap in the numbers', () => [approval(permit2, sold, 6)], 'unknownPreparation'],
    ['approves twice', () => [approval(permit2, sold, 6), approval(permit2, sold, 7)], 'unlimitedAllowance'],
    [
      'sends something else first',
      () => [encode({ to: stranger, value: 1n, nonce: 7 })],
      'unknownPreparation',
    ],
  ])('that first %s is refused', async (_name, preparations, reason) => {
    await expect(request(encode({ data: execute(honest) }), preparations())).rejects.toMatchObject({
      code: 'signing.undecodable',
      params: { reason },
    })
  })

  test('an approval alone is told as one, and before a transfer it is refused', async () => {
    const alone = await request(approval(permit2, sold))
    expect(alone.intent).toMatchObject({
      kind: 'call',
      reading: { intent: 'Allow', effects: { grants: [{ to: permit2, units: sold }] } },
    })
    await signer.signer.signing.reject({ requestId: alone.requestId })
    await expect(
      request(encode({ to: stranger, value: 1n }), [approval(permit2, sold)]),
    ).rejects.toMatchObject({
      params: { reason: 'unknownPreparation' },
    })
  })
})
