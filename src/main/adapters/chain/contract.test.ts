import { parseEther } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { ACCOUNT_ADDRESSES, accountOf, type LocalChain, startChain } from '../../../../devnet/index.ts'
import { createRouter } from '../../../shared/contract/createRouter.ts'
import { channelOf } from '../../../shared/contract/route.ts'
import type { TransferPreview } from '../../../shared/contract/transfers.ts'
import type { Result } from '../../../shared/errors/Result.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { openWallet, servedContract, type TestWallet } from './testing/openWallet.ts'
import { type FaultyNode, honest, type RpcAnswer, startFaultyNode } from './testing/startFaultyNode.ts'

const practice = accountOf('practice')
let chain: LocalChain
let faulty: FaultyNode
let wallet: TestWallet

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  faulty = await startFaultyNode(chain.rpcUrl)
  wallet = openWallet({
    definitions: [parseChainManifest({ ...chain.manifest, rpcUrls: [faulty.url] }).definition],
    signers: [practice],
    timeoutMs: 2000,
  })
})
afterEach(async () => {
  wallet.close()
  expect(wallet.bugs).toEqual([])
  await faulty.stop()
})

const tokenAddress = (symbol: string) =>
  chain.manifest.tokenList.tokens.find((token) => token.symbol === symbol)?.address

function ask(
  capability: keyof typeof servedContract,
  route: string,
  input?: unknown,
): Promise<Result<unknown>> {
  return createRouter(servedContract, wallet.handlers).handle(channelOf(capability, route), input)
}

const request = (changes: object = {}) => ({
  accountId: practice.address,
  token: { chainId: 31337, address: 'native' },
  amount: '1',
  recipient: ACCOUNT_ADDRESSES.friend,
  speed: 'normal',
  ...changes,
})

async function previewOf(changes: object = {}): Promise<TransferPreview> {
  const result = await ask('transfers', 'preview', request(changes))
  if (!result.ok) throw new Error(result.error.code)
  return result.value as TransferPreview
}

test('every route answers as the contract says', async () => {
  await wallet.start()
  await wallet.events.find((event) => event.kind === 'status' && event.status.health === 'ok')
  expect(await ask('settings', 'get')).toMatchObject({ ok: true })
  expect(await ask('settings', 'update', { density: 'compact' })).toMatchObject({ ok: true })
  expect(await ask('chains', 'list')).toMatchObject({
    ok: true,
    value: [{ chainId: 31337, kind: 'practice' }],
  })
  expect(await ask('chains', 'listStatus')).toMatchObject({ ok: true, value: [{ health: 'ok' }] })
  expect(await ask('chains', 'setEnabled', { chainId: 31337, enabled: true })).toMatchObject({ ok: true })
  expect(await ask('chains', 'setRpcUrls', { chainId: 31337, rpcUrls: [] })).toMatchObject({ ok: true })
  expect(await ask('portfolio', 'get')).toMatchObject({ ok: true })
  expect(await ask('transfers', 'resolveRecipient', { chainId: 31337, text: 'hana.eth' })).toMatchObject({
    ok: true,
  })
  const { previewId } = await previewOf()
  const sent = await ask('transfers', 'send', { previewId })
  expect(sent).toMatchObject({ ok: true, value: { status: 'sent' } })
  expect(await ask('activity', 'list', { limit: 10 })).toMatchObject({ ok: true })
  expect(await ask('chains', 'setEnabled', { chainId: 999, enabled: true })).toMatchObject({
    ok: false,
    error: { code: 'chain.unknown' },
  })
})

test('a node without eth_simulateV1 is enough to send, and the preview says what it could not see', async () => {
  faulty.behave((asked, passOn) =>
    asked.method === 'eth_simulateV1'
      ? { error: { code: -32601, message: 'the method eth_simulateV1 does not exist/is not available' } }
      : honest(asked, passOn),
  )
  const preview = await previewOf({ token: { chainId: 31337, address: tokenAddress('USDC') } })
  expect(preview.simulation).toMatchObject({ changes: [], balanceChangesUnknown: true })
  expect(preview.simulation.gasUsed).toBeGreaterThan(21_000n)
  expect(
    await ask(
      'transfers',
      'preview',
      request({ token: { chainId: 31337, address: tokenAddress('TOWER7') }, amount: '31' }),
    ),
  ).toMatchObject({ ok: false, error: { code: 'amount.overBalance' } })
})

/** The simulation's answer with something changed in it. */
function tamper(
  change: (answer: { result: { calls: { logs: { data: string }[]; returnData: string }[] }[] }) => void,
) {
  faulty.behave(async (asked, passOn) => {
    const answer = await passOn()
    if (asked.method === 'eth_simulateV1') change(answer as Parameters<typeof change>[0])
    return answer as RpcAnswer
  })
}

test('a simulation in which less arrives is refused, for coin and for tokens', async () => {
  tamper(({ result }) => {
    for (const log of result[0]?.calls[0]?.logs ?? []) log.data = `0x${'0'.repeat(63)}1`
  })
  expect(await ask('transfers', 'preview', request())).toMatchObject({
    ok: false,
    error: { code: 'transfer.simulationFailed', params: { reason: 'senderPaysOther' } },
  })
  tamper(({ result }) => {
    const after = result[0]?.calls[4]
    if (after) after.returnData = `0x${'0'.repeat(64)}`
  })
  expect(
    await ask('transfers', 'preview', request({ token: { chainId: 31337, address: tokenAddress('USDC') } })),
  ).toMatchObject({
    ok: false,
    error: { code: 'transfer.simulationFailed', params: { reason: 'recipientGetsOther' } },
  })
})

test('a simulation of another shape is not taken', async () => {
  tamper(({ result }) => {
    result[0]?.calls.pop()
  })
  expect(await ask('transfers', 'preview', request())).toMatchObject({
    ok: false,
    error: { code: 'chain.rpcFailed' },
  })
})

test('fees and gas that no chain asks for are refused', async () => {
  faulty.behave(async (asked, passOn) => {
    const answer = (await passOn()) as { result: { baseFeePerGas: string[] } }
    if (asked.method === 'eth_feeHistory') {
      answer.result.baseFeePerGas = answer.result.baseFeePerGas.map(() => `0x${parseEther('1').toString(16)}`)
    }
    return answer
  })
  expect(await ask('transfers', 'preview', request())).toMatchObject({
    ok: false,
    error: { code: 'chain.rpcFailed' },
  })
  faulty.behave((asked, passOn) =>
    asked.method === 'eth_estimateGas' ? { result: '0x7fffffff' } : honest(asked, passOn),
  )
  expect(await ask('transfers', 'preview', request())).toMatchObject({
    ok: false,
    error: { code: 'chain.rpcFailed' },
  })
})

test('no field of the transaction is left for the node to fill', async () => {
  const preview = await previewOf()
  await ask('transfers', 'send', { previewId: preview.previewId })
  const methods = new Set(faulty.requests.map(({ method }) => method))
  expect(methods).not.toContain('eth_fillTransaction')
  expect(methods).not.toContain('eth_sendTransaction')
  const simulated = faulty.requests.find(({ method }) => method === 'eth_simulateV1')
  expect(simulated?.params[0]).toMatchObject({
    blockStateCalls: [
      {
        calls: [
          {
            from: practice.address,
            to: ACCOUNT_ADDRESSES.friend,
            nonce: `0x${preview.nonce.toString(16)}`,
            gas: `0x${preview.fee.gasLimit.toString(16)}`,
            maxFeePerGas: `0x${preview.fee.maxFeePerGas.toString(16)}`,
            maxPriorityFeePerGas: `0x${preview.fee.maxPriorityFeePerGas.toString(16)}`,
          },
        ],
      },
    ],
  })
})
