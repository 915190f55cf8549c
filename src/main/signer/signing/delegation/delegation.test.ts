import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPublicClient, type Hex, http, keccak256, serializeTransaction, zeroAddress } from 'viem'
import { mnemonicToAccount, signAuthorization } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { bytesToHex, concatHex, hexToBytes, toRlp } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACCOUNT_ROLES,
  createRpc,
  DEVNET_MNEMONIC,
  type LocalChain,
  startChain,
  waitForReceipt,
} from '../../../../../devnet/index.ts'
import type { SigningRequest } from '../../../../shared/contract/signing.ts'
import { type Address, accountIdSchema, chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { createTestSigner, type TestSigner, testPassword, utf8 } from '../../testing/createTestSigner.ts'

const chainId = chainIdSchema.parse(31_337)
const owner = mnemonicToAccount(DEVNET_MNEMONIC, { addressIndex: ACCOUNT_ROLES.practice })
const ownerKey = bytesToHex(owner.getHdKey().privateKey ?? new Uint8Array())
const unlisted: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const nativeToken: Token = {
  ref: { chainId, address: 'native' },
  symbol: 'ETH',
  name: 'Ether',
  decimals: 18,
  assetClass: 'coin',
  source: 'native',
}

interface Fields {
  chainId?: Hex
  nonce?: Hex
  to?: Address
  value?: Hex
  data?: Hex
  accessList?: readonly [Address, readonly Hex[]][]
  authorizations?: readonly (readonly [Hex, Address, Hex, Hex, Hex, Hex])[]
}

/** RLP has no zero. */
const number = (value: bigint | number): Hex => (BigInt(value) === 0n ? '0x' : even(BigInt(value)))
const even = (value: bigint): Hex => {
  const digits = value.toString(16)
  return `0x${digits.length % 2 === 0 ? '' : '0'}${digits}`
}
const blank = (delegate: Address, nonce: number, chain: Hex = number(chainId)) =>
  [chain, delegate, number(nonce), '0x', '0x', '0x'] as const

function encode(fields: Fields = {}): Uint8Array<ArrayBuffer> {
  const list = [
    fields.chainId ?? number(chainId),
    fields.nonce ?? number(7),
    number(1_000_000_000),
    number(30_000_000_000),
    number(100_000),
    fields.to ?? owner.address,
    fields.value ?? '0x',
    fields.data ?? '0x',
    (fields.accessList ?? []).map(([address, keys]) => [address, [...keys]]),
    (fields.authorizations ?? [blank(listed, 8)]).map((each) => [...each]),
  ]
  return Uint8Array.from(hexToBytes(concatHex(['0x04', toRlp(list)])))
}

let chain: LocalChain
/** Wrapped ether: its code takes the empty call that such a transaction makes to the account itself. */
let listed: Address
let folder: string
let test: TestSigner
let accountId: ReturnType<typeof accountIdSchema.parse>

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
  const wrapped = chain.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'WETH')
  if (!wrapped) throw new Error('The local chain has wrapped ether')
  listed = wrapped.address
  folder = await mkdtemp(join(tmpdir(), 'minato-delegation-'))
  test = createTestSigner({
    folder,
    config: {
      chains: [{ chainId, name: 'Local chain', nativeToken }],
      delegates: [{ chainId, address: listed, name: 'Listed' }],
    },
  })
  await test.signer.vault.createFromPhrase({
    phrase: utf8(DEVNET_MNEMONIC),
    password: utf8(testPassword),
    protection: 'password',
    origin: 'practice',
    firstAccountIndex: ACCOUNT_ROLES.practice,
  })
  const [wallet] = await test.signer.vault.listWallets()
  accountId = accountIdSchema.parse(wallet?.accounts[0]?.id)
})
afterAll(async () => {
  await chain?.stop()
  await rm(folder, { recursive: true, force: true })
})

const request = (transaction: Uint8Array<ArrayBuffer>) =>
  test.signer.signing.request({ accountId, transaction })
const approve = ({ requestId, digest }: SigningRequest) => test.signer.signing.approve({ requestId, digest })

describe('a transaction of EIP-7702', () => {
  it('is shown as what it does to the account, and becomes the bytes that another implementation makes', async () => {
    const key: Hex = `0x${'0123456789abcdef'.repeat(4)}`
    const unsigned = encode({ accessList: [[unlisted, [key]]] })
    const asked = await request(unsigned)
    expect(asked).toMatchObject({
      digest: keccak256(unsigned),
      intent: { kind: 'delegation', delegate: { address: listed, name: 'Listed' } },
      accessList: [{ address: unlisted, storageKeys: [key] }],
      maximumFee: 100_000n * 30_000_000_000n,
      nonce: 7,
    })
    const { signedTransaction, transactionHash } = await approve(asked)
    const authorization = await signAuthorization({
      privateKey: ownerKey,
      chainId,
      address: listed,
      nonce: 8,
    })
    const expected = await owner.signTransaction(
      {
        type: 'eip7702',
        chainId,
        nonce: 7,
        maxPriorityFeePerGas: 1_000_000_000n,
        maxFeePerGas: 30_000_000_000n,
        gas: 100_000n,
        to: owner.address,
        accessList: [{ address: unlisted, storageKeys: [key] }],
        authorizationList: [authorization],
      },
      { serializer: serializeTransaction },
    )
    expect(bytesToHex(signedTransaction)).toBe(expected)
    expect(transactionHash).toBe(keccak256(expected))
  })

  it.each<[string, () => Fields]>([
    ['for every chain at once', () => ({ authorizations: [blank(listed, 8, '0x')] })],
    ['for another chain than the transaction', () => ({ authorizations: [blank(listed, 8, '0x01')] })],
    ['with a number that would be passed over', () => ({ authorizations: [blank(listed, 7)] })],
    ['of which there are two', () => ({ authorizations: [blank(listed, 8), blank(zeroAddress, 9)] })],
    [
      'that was signed elsewhere',
      () => ({ authorizations: [[number(chainId), listed, '0x08', '0x01', '0x01', '0x01']] }),
    ],
    ['beside a call', () => ({ data: '0x12345678' })],
    ['beside a payment', () => ({ value: '0x01' })],
    ['in a transaction to somebody else', () => ({ to: unlisted })],
  ])('is refused with an authorisation %s', async (_what, fields) => {
    await expect(request(encode(fields()))).rejects.toMatchObject({
      code: 'signing.undecodable',
      params: { reason: 'delegation' },
    })
  })

  it('is refused for a delegate that is not on the list, and for what is malformed', async () => {
    await expect(request(encode({ authorizations: [blank(unlisted, 8)] }))).rejects.toMatchObject({
      code: 'signing.delegateNotAllowed',
    })
    const good = encode()
    for (const bytes of [
      encode({ authorizations: [] }),
      good.slice(0, -1),
      Uint8Array.of(4),
      Uint8Array.of(4, 0xc0),
    ]) {
      await expect(request(Uint8Array.from(bytes))).rejects.toMatchObject({ code: 'signing.undecodable' })
    }
    await expect(request(encode({ nonce: '0x0007' }))).rejects.toMatchObject({
      params: { reason: 'notCanonical' },
    })
  })

  it('is never a preparation', async () => {
    await expect(
      test.signer.signing.request({ accountId, transaction: encode(), preparations: [encode()] }),
    ).rejects.toMatchObject({ code: 'signing.undecodable' })
  })
})

describe('on a chain', () => {
  it('gives the account the delegate’s code, and takes it back', async () => {
    const node = createPublicClient({ chain: foundry, transport: http(chain.rpcUrl), pollingInterval: 20 })
    const send = async (delegate: Address) => {
      const nonce = await node.getTransactionCount({ address: owner.address })
      const asked = await request(
        encode({ nonce: number(nonce), authorizations: [blank(delegate, nonce + 1)] }),
      )
      const { signedTransaction } = await approve(asked)
      const hash = await node.sendRawTransaction({ serializedTransaction: bytesToHex(signedTransaction) })
      await waitForReceipt(createRpc(chain.rpcUrl), hash)
      return { intent: asked.intent, code: await node.getCode({ address: owner.address }) }
    }
    // EIP-7702: the account's code points to the delegate's.
    expect(await send(listed)).toMatchObject({ code: concatHex(['0xef0100', listed]).toLowerCase() })
    expect(await send(zeroAddress)).toEqual({ intent: { kind: 'delegation' }, code: undefined })
  })
})
