import {
  createTestClient,
  createWalletClient,
  erc20Abi,
  getAddress,
  http,
  keccak256,
  maxUint256,
  parseAbi,
  parseTransaction,
  serializeTransaction,
  toHex,
} from 'viem'
import { foundry } from 'viem/chains'
import { hexToBytes } from 'viem/utils'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { accountOf, type LocalChain, startChain } from '../../../../devnet/index.ts'
import { type Address, chainIdSchema } from '../../../shared/identity/identity.ts'
import { createAllowancesService } from '../../capabilities/allowances/index.ts'
import type { SwapApprovalPort } from '../../capabilities/swaps/index.ts'
import { createAllowanceStore } from '../storage/createAllowanceStore.ts'
import { openDatabase } from '../storage/openDatabase.ts'
import { createAllowanceReader } from './createAllowanceReader.ts'
import { createNodeNetwork } from './createNodeNetwork.ts'
import { createTransferNode } from './createTransferNode.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { openWallet, type TestWallet } from './testing/openWallet.ts'

const practice = accountOf('practice')
const friend = accountOf('friend')
const chainId = chainIdSchema.parse(31_337)
const permit2 = getAddress('0x000000000022D473030F116dDEE9F6B43aC78BA3')
const permit2Abi = parseAbi([
  'function approve(address token, address spender, uint160 amount, uint48 expiration)',
  'function allowance(address owner, address token, address spender) view returns (uint160, uint48, uint48)',
])
let chain: LocalChain
let snapshot: `0x${string}`
let wallet: TestWallet
let close: () => void

const node = () => createTestClient({ chain: foundry, mode: 'anvil', transport: http(chain.rpcUrl) })
const client = () => createWalletClient({ account: practice, chain: foundry, transport: http(chain.rpcUrl) })

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  snapshot = await node().snapshot()
})
afterEach(async () => {
  close()
  wallet.close()
  expect(wallet.bugs).toEqual([])
  await node().revert({ id: snapshot })
})

/** Signs whatever it is asked to, in order, as an approving user would. */
const approvals: SwapApprovalPort = {
  async requestApproval({ transaction, preparations = [] }) {
    const sign = async (unsigned: Uint8Array) => {
      const hex = toHex(unsigned)
      const signed = await practice.signTransaction(parseTransaction(hex), {
        serializer: serializeTransaction,
      })
      return { signedTransaction: hexToBytes(signed), transactionHash: keccak256(signed) }
    }
    const before = []
    for (const each of preparations) before.push(await sign(each))
    return { status: 'signed', ...(await sign(transaction)), preparations: before }
  },
}

async function open() {
  const definition = parseChainManifest(chain.manifest).definition
  wallet = openWallet({ definitions: [definition], signers: [practice] })
  await wallet.start()
  const network = createNodeNetwork({
    definitions: [definition],
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    schedule: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
    onBug: (thrown) => {
      throw thrown
    },
  })
  const database = openDatabase(':memory:', Date.now)
  close = () => {
    network.close()
    database.close()
  }
  let next = 0
  return createAllowancesService({
    chains: wallet.chains,
    tokens: wallet.tokens,
    accounts: { listAccounts: async () => wallet.accounts },
    reader: createAllowanceReader(network),
    store: createAllowanceStore(database),
    node: createTransferNode(network),
    approvals,
    journal: wallet.activity,
    permit2Of: () => permit2,
    usualSpenders: () => [],
    nameOf: () => undefined,
    nowMs: Date.now,
    makeId: () => {
      next += 1
      return String(next)
    },
  })
}

function tokenAt(symbol: string): Address {
  const token = chain.manifest.tokenList.tokens.find((each) => each.symbol === symbol)
  if (!token) throw new Error(`No ${symbol} on the local chain`)
  return token.address
}

test('lists what was given by logs, what it puts at risk, and ends several rights under one approval', async () => {
  const [usdc, dai] = [tokenAt('USDC'), tokenAt('DAI')]
  const later = Math.floor(Date.now() / 1000) + 30 * 86_400
  const give = (token: Address, spender: Address, amount: bigint) =>
    client().writeContract({
      address: token,
      abi: erc20Abi,
      functionName: 'approve',
      args: [spender, amount],
    })
  await give(usdc, friend.address, 5_000_000n)
  await give(dai, permit2, maxUint256)
  await client().writeContract({
    address: permit2,
    abi: permit2Abi,
    functionName: 'approve',
    args: [dai, friend.address, 7n, later],
  })
  await client().writeContract({
    address: permit2,
    abi: permit2Abi,
    functionName: 'approve',
    args: [usdc, friend.address, 9n, later],
  })
  const allowances = await open()
  const before = await allowances.list({})
  const find = (kind: string, symbol: string) =>
    before.allowances.find((each) => each.kind === kind && 'token' in each && each.token.symbol === symbol)
  expect(find('token', 'USDC')).toMatchObject({ units: 5_000_000n, atRisk: 5_000_000n, isUnlimited: false })
  expect(find('token', 'DAI')).toMatchObject({ isUnlimited: true, isSpenderContract: true })
  expect(find('permit2', 'DAI')).toMatchObject({ units: 7n, atRisk: 7n, expiresAtMs: later * 1000 })
  // Permit2 itself may take none of these any more: the right stands, and puts nothing at risk.
  expect(find('permit2', 'USDC')).toMatchObject({ units: 9n, atRisk: 0n })
  expect(before.chains).toEqual([{ chainId, completeSince: 0n }])

  const ids = before.allowances.map(({ id }) => id)
  const preview = await allowances.previewRevocation({ ids })
  expect(preview.rights).toBe(ids.length)
  const outcome = await allowances.revoke({ previewId: preview.previewId })
  if (outcome.status !== 'sent') throw new Error('rejected')
  await wallet.activityWith(outcome.activityId, ({ status }) => status === 'confirmed')
  expect((await allowances.list({})).allowances).toEqual([])
})

test('what is not in the list cannot be ended, and a preview serves once', async () => {
  const allowances = await open()
  await expect(allowances.previewRevocation({ ids: ['nothing'] })).rejects.toMatchObject({
    code: 'allowance.missing',
  })
  await expect(allowances.revoke({ previewId: 'nothing' })).rejects.toMatchObject({
    code: 'transfer.previewExpired',
  })
})
