import {
  type Address,
  bytesToHex,
  createPublicClient,
  createWalletClient,
  getAddress,
  type Hex,
  hexToBytes,
  http,
  keccak256,
  zeroAddress,
} from 'viem'
import { mnemonicToAccount, signAuthorization } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createRpc, DEVNET_MNEMONIC, type LocalChain, startChain } from '../../devnet/index.ts'
import { chainIdSchema } from '../shared/identity/identity.ts'
import { isSignedTakingBack } from './capabilities/delegations/domain/takingBack.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'

/** Runtime code that reverts whenever it is called: such a delegate must not be able to keep the account. */
const revertingCode: Hex = '0x60006000fd'
const delegate = getAddress('0x00000000000000000000000000000000000d00d1')
const chainId = chainIdSchema.parse(foundry.id)

let chain: LocalChain
let app: OpenApp
const owner = mnemonicToAccount(DEVNET_MNEMONIC, { addressIndex: 1 })
const client = () => createPublicClient({ chain: foundry, transport: http(chain.rpcUrl) })

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
  const rpc = createRpc(chain.rpcUrl)
  await rpc('anvil_setCode', delegate, revertingCode)
  // What is set by hand is proven by no block but the next.
  await rpc('evm_mine')
  app = await openApp(chain.manifest)
})
afterAll(async () => {
  await app?.close()
  await chain?.stop()
})
beforeEach(() => app.decide('approve'))

async function handOver(): Promise<void> {
  const wallet = createWalletClient({ account: owner, chain: foundry, transport: http(chain.rpcUrl) })
  const authorization = await wallet.signAuthorization({ contractAddress: delegate, executor: 'self' })
  // To somebody else: called itself, the account would run the delegate's code and fail.
  await wallet.sendTransaction({ authorizationList: [authorization], to: zeroAddress, gas: 200_000n })
  await expect
    .poll(() => client().getCode({ address: owner.address }))
    .toBe(`0xef0100${delegate.slice(2).toLowerCase()}`)
}

const list = async () => {
  const listed = await app.main.delegations.list({ accountId: app.account.id })
  return listed.ok ? listed.value : listed.error
}
const takeBack = () => app.main.delegations.takeBack({ accountId: app.account.id, chainId })

it('nothing is found, and nothing taken back, where nothing was handed over', async () => {
  expect(app.account.address).toBe(owner.address)
  expect(await list()).toMatchObject({ delegations: [] })
  expect(await takeBack()).toMatchObject({ ok: false, error: { code: 'request.invalid' } })
})

it('a delegate is found and taken back, although its code refuses every call', async () => {
  await handOver()
  expect(await list()).toMatchObject({ delegations: [{ chainId, delegate }] })

  app.decide('reject')
  expect(await takeBack()).toMatchObject({ ok: true, value: { status: 'rejected' } })
  expect(await list()).toMatchObject({ delegations: [{ delegate }] })

  app.decide('approve')
  expect(await takeBack()).toMatchObject({ ok: true, value: { status: 'sent' } })
  const shown = app.shown.at(-1)
  expect(shown).toMatchObject({
    request: { intent: { kind: 'delegation' }, from: { address: owner.address } },
    claims: { trial: { status: 'matches' } },
  })
  expect(shown && 'request' in shown ? shown.request.intent : {}).not.toHaveProperty('delegate')
  const activity = await app.activityWhere(
    ({ kind, status }) => kind === 'undelegate' && status === 'confirmed',
  )
  expect(activity).toMatchObject({ to: delegate, units: 0n, from: owner.address })
  expect(await client().getCode({ address: owner.address })).toBeUndefined()
  expect(await list()).toMatchObject({ delegations: [] })
  // Its gas was enough and not far too much.
  expect(activity.receipt?.gasUsed).toBeGreaterThan(21_000n)
})

it('anything else than what was asked for is not let out', async () => {
  const transaction = {
    chainId,
    nonce: 5,
    to: owner.address,
    value: 0n,
    data: '0x' as const,
    gas: 60_000n,
    maxFeePerGas: 2n,
    maxPriorityFeePerGas: 1n,
  }
  const sign = async (address: Address, changes: object = {}, nonce = 6) => {
    const privateKey = bytesToHex(owner.getHdKey().privateKey ?? new Uint8Array())
    const authorization = await signAuthorization({ privateKey, chainId, address, nonce })
    const signed = await owner.signTransaction({
      type: 'eip7702',
      ...transaction,
      authorizationList: [authorization],
      ...changes,
    } as never)
    return [hexToBytes(signed), keccak256(signed)] as const
  }
  const isGood = async (signed: readonly [Uint8Array, Hex]) =>
    isSignedTakingBack(signed[0], signed[1], transaction, owner.address)
  expect(await isGood(await sign(zeroAddress))).toBe(true)
  expect(await isGood(await sign(delegate))).toBe(false)
  expect(await isGood(await sign(zeroAddress, {}, 7))).toBe(false)
  for (const changes of [
    { value: 1n },
    { data: '0x00' },
    { to: delegate },
    { nonce: 6 },
    { gas: 60_001n },
    { maxFeePerGas: 3n },
    { accessList: [{ address: delegate, storageKeys: [] }] },
  ]) {
    expect(await isGood(await sign(zeroAddress, changes)), JSON.stringify(changes, String)).toBe(false)
  }
  const [signed] = await sign(zeroAddress)
  expect(await isSignedTakingBack(signed, `0x${'0'.repeat(64)}`, transaction, owner.address)).toBe(false)
})
