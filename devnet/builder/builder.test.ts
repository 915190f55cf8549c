import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Address,
  createPublicClient,
  createWalletClient,
  type Hash,
  type Hex,
  http,
  keccak256,
  numberToHex,
  parseEther,
  parseGwei,
  webSocket,
} from 'viem'
import { foundry } from 'viem/chains'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { accountAt } from '../accounts.ts'
import { createRpc } from '../anvil/rpc.ts'
import { waitForReceipt } from '../control/waitForReceipt.ts'
import { openBuilder, type RunningBuilder } from './openBuilder.ts'
import { type BareNode, startBareNode } from './startBareNode.ts'

// Runtime code that reverts always: PUSH1 0 PUSH1 0 REVERT.
const reverter: Address = '0x00000000000000000000000000000000000bad01'
const recipient: Address = '0x00000000000000000000000000000000000f00d1'

let node: BareNode
let builder: RunningBuilder
const cleanups: (() => void)[] = []

beforeEach(async () => {
  node = await startBareNode()
  await requestFrom(node.rpcUrl, 'anvil_setCode', [reverter, '0x60006000fd'])
  builder = await openBuilder(node, { blockTimeMs: 0 })
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) cleanup()
  await builder.stop()
  await node.stop()
})

async function post(url: string, body: unknown) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json() as Promise<{ result?: unknown; error?: { code: number; message: string } }>
}

async function requestFrom<Result>(url: string, method: string, params: readonly unknown[] = []) {
  const { result, error } = await post(url, { jsonrpc: '2.0', id: 1, method, params })
  if (error !== undefined) throw new Error(error.message)
  return result as Result
}

const request = <Result>(method: string, params: readonly unknown[] = []) =>
  requestFrom<Result>(builder.rpcUrl, method, params)

interface TransactionOptions {
  readonly nonce?: number
  readonly tipGwei?: string
  readonly capGwei?: string
  readonly to?: Address
  readonly value?: bigint
  readonly gas?: bigint
  readonly chainId?: number
}

function sign(sender: number, options: TransactionOptions = {}): Promise<Hex> {
  const { nonce = 0, tipGwei = '1', capGwei = '50', to = recipient, value = 1n, gas = 30_000n } = options
  return accountAt(sender).signTransaction({
    type: 'eip1559',
    chainId: options.chainId ?? 31337,
    nonce,
    to,
    value,
    gas,
    maxFeePerGas: parseGwei(capGwei),
    maxPriorityFeePerGas: parseGwei(tipGwei),
  })
}

const send = async (sender: number, options?: TransactionOptions) =>
  request<Hash>('eth_sendRawTransaction', [await sign(sender, options)])
const sendPrivately = async (sender: number, options?: TransactionOptions, maxBlockNumber?: number) =>
  request<Hash>('eth_sendPrivateTransaction', [
    {
      tx: await sign(sender, options),
      ...(maxBlockNumber === undefined ? {} : { maxBlockNumber: numberToHex(maxBlockNumber) }),
    },
  ])
const mine = async () => (await request<{ transactions: Hash[] }>('minato_mine')).transactions
const readStatus = async (hash: Hash) =>
  (await (await fetch(`${builder.rpcUrl}/tx/${hash}`)).json()) as { status: string; simError?: string }

/** Subscribes and collects; `next` resolves when `count` notifications have come. */
async function subscribe(params: readonly unknown[]) {
  const socket = new WebSocket(builder.wsUrl)
  cleanups.push(() => socket.terminate())
  const received: unknown[] = []
  const arrivals = new Set<() => void>()
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () =>
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params })),
    )
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as { id?: number; params?: { result: unknown } }
      if (message.id === 1) resolve()
      else received.push(message.params?.result)
      for (const arrival of arrivals) arrival()
    })
  })
  const waitFor = (count: number) =>
    new Promise<unknown[]>((resolve) => {
      const check = () => {
        if (received.length >= count) resolve(received)
      }
      arrivals.add(check)
      check()
    })
  return { received, waitFor }
}

describe('block order', () => {
  test('follows the effective tip, not the fee cap', async () => {
    const low = await send(0, { tipGwei: '1', capGwei: '900' })
    const high = await send(1, { tipGwei: '3', capGwei: '20' })
    const middle = await send(2, { tipGwei: '2', capGwei: '500' })
    // The base fee is 1 gwei, so this cap leaves a tip of half a gwei whatever was promised.
    const capped = await send(3, { tipGwei: '1.5', capGwei: '1.5' })
    expect(await mine()).toEqual([high, middle, low, capped])
  })

  test("keeps each sender's nonces in order, and lets a rich follower wait for its poor predecessor", async () => {
    const second = await send(0, { nonce: 1, tipGwei: '9' })
    const other = await send(1, { tipGwei: '5' })
    const first = await send(0, { nonce: 0, tipGwei: '1' })
    expect(await mine()).toEqual([other, first, second])
  })

  test('leaves what the block gas limit has no room for to the next block', async () => {
    const first = await send(0, { gas: 20_000_000n, tipGwei: '2' })
    const second = await send(1, { gas: 20_000_000n, tipGwei: '1' })
    const small = await send(2, { tipGwei: '0.5' })
    expect(await mine()).toEqual([first, small])
    expect(await mine()).toEqual([second])
  })

  test('waits with transactions whose fee cap is below the base fee', async () => {
    const hash = await send(0, { capGwei: '0.9', tipGwei: '0.1' })
    expect(await mine()).toEqual([])
    // An empty block lowers the base fee by an eighth.
    expect(await mine()).toEqual([hash])
  })

  test('moves the timestamp with every block', async () => {
    const timestamps: bigint[] = []
    for (let block = 0; block < 3; block += 1) {
      await mine()
      timestamps.push(
        BigInt((await request<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])).timestamp),
      )
    }
    expect(new Set(timestamps).size).toBe(3)
  })
})

describe('public mempool', () => {
  test('shows pending transactions in the pool, by hash, in the nonce and in the pending block', async () => {
    const hash = await send(0)
    const queued = await send(0, { nonce: 5 })
    const content =
      await request<Record<'pending' | 'queued', Record<string, Record<string, { hash: Hash }>>>>(
        'txpool_content',
      )
    expect(content.pending[accountAt(0).address]?.['0']?.hash).toBe(hash)
    expect(content.queued[accountAt(0).address]?.['5']?.hash).toBe(queued)
    expect(await request('txpool_status')).toEqual({ pending: '0x1', queued: '0x1' })
    const client = createPublicClient({ chain: foundry, transport: http(builder.rpcUrl) })
    const transaction = await client.getTransaction({ hash })
    expect(transaction).toMatchObject({
      from: accountAt(0).address.toLowerCase(),
      value: 1n,
      blockNumber: null,
    })
    expect(await client.getTransactionCount({ address: accountAt(0).address, blockTag: 'pending' })).toBe(1)
    expect(await client.getTransactionCount({ address: accountAt(0).address })).toBe(0)
    expect((await client.getBlock({ blockTag: 'pending' })).transactions).toEqual([hash])
    expect(await request('eth_getTransactionReceipt', [hash])).toBeNull()
    expect(await mine()).toEqual([hash])
    expect((await client.getTransaction({ hash })).blockNumber).toBe(1n)
    expect(await request('txpool_status')).toEqual({ pending: '0x0', queued: '0x1' })
  })

  test('a replacement needs 10 % more in both fees', async () => {
    const original = await send(0, { tipGwei: '10', capGwei: '50' })
    await expect(send(0, { tipGwei: '10.9', capGwei: '60' })).rejects.toThrow(
      'replacement transaction underpriced',
    )
    await expect(send(0, { tipGwei: '20', capGwei: '54' })).rejects.toThrow(
      'replacement transaction underpriced',
    )
    const replacement = await send(0, { tipGwei: '11', capGwei: '55' })
    expect(await request('eth_getTransactionByHash', [original])).toBeNull()
    expect(await mine()).toEqual([replacement])
  })

  test.each([
    ['nonce too low: next nonce 1, tx nonce 0', { nonce: 0, value: 2n }],
    ['insufficient funds for gas * price + value', { nonce: 1, value: parseEther('10000') }],
    ['invalid chain id for signer: have 1 want 31337', { nonce: 1, chainId: 1 }],
    ['intrinsic gas too low: gas 20999, minimum needed 21000', { nonce: 1, gas: 20_999n }],
    ['exceeds block gas limit', { nonce: 1, gas: 30_000_001n }],
  ])('refuses with the text that geth uses: %s', async (text, options) => {
    await send(0)
    await mine()
    await expect(send(0, options)).rejects.toThrow(text)
    const raw = await sign(0, options)
    await expect(request('eth_sendPrivateTransaction', [{ tx: raw }])).rejects.toThrow(text)
  })

  test('refuses what is already known, what does not decode, and what all waiting transactions cannot afford', async () => {
    await send(0, { value: parseEther('6000') })
    await expect(send(0, { value: parseEther('6000') })).rejects.toThrow('already known')
    await expect(send(0, { nonce: 1, value: parseEther('6000') })).rejects.toThrow(
      /insufficient funds.*queued cost/,
    )
    await expect(request('eth_sendRawTransaction', ['0x02c0ffee'])).rejects.toThrow('rlp')
    await expect(request('eth_sendRawTransaction', ['0x02c0ffe'])).rejects.toThrow('invalid params')
  })

  test('gives up a transaction whose money is gone', async () => {
    const hash = await send(0)
    await requestFrom(node.rpcUrl, 'anvil_setBalance', [accountAt(0).address, '0x0'])
    for (let block = 0; block < 3; block += 1) expect(await mine()).toEqual([])
    expect(await request('eth_getTransactionByHash', [hash])).toBeNull()
  })
})

describe('private order flow', () => {
  test('a private transaction is seen by nobody before it is in a block', async () => {
    const hashes = await subscribe(['newPendingTransactions'])
    const bodies = await subscribe(['newPendingTransactions', true])
    const filter = await request('eth_newPendingTransactionFilter')
    const hash = await sendPrivately(0, { tipGwei: '2' })
    expect(await request('eth_getTransactionByHash', [hash])).toBeNull()
    expect(await request('eth_getRawTransactionByHash', [hash])).toBeNull()
    expect(await request('eth_getTransactionReceipt', [hash])).toBeNull()
    expect(await request('txpool_content')).toEqual({ pending: {}, queued: {} })
    expect(await request('eth_getTransactionCount', [accountAt(0).address, 'pending'])).toBe('0x0')
    expect(await request('eth_getTransactionBySenderAndNonce', [accountAt(0).address, '0x0'])).toBeNull()
    expect(await request<{ transactions: Hash[] }>('eth_getBlockByNumber', ['pending', false])).toMatchObject(
      {
        transactions: [],
      },
    )
    expect(await requestFrom(node.rpcUrl, 'txpool_content')).toEqual({ pending: {}, queued: {} })
    expect(await readStatus(hash)).toEqual({
      status: 'PENDING',
      hash,
      maxBlockNumber: 25,
      seenInMempool: false,
    })
    const visible = await send(1, { tipGwei: '1' })
    expect(await mine()).toEqual([hash, visible])
    expect((await readStatus(hash)).status).toBe('INCLUDED')
    // The later public transaction has arrived, so an earlier notice of the private one would have arrived, too.
    await hashes.waitFor(1)
    await bodies.waitFor(1)
    expect(hashes.received).toEqual([visible])
    expect(bodies.received).toMatchObject([{ hash: visible }])
    expect(await request('eth_getFilterChanges', [filter])).toEqual([visible])
  })

  test('can be cancelled, once', async () => {
    const hash = await sendPrivately(0)
    expect(await request('eth_cancelPrivateTransaction', [{ txHash: hash }])).toBe(true)
    expect(await request('eth_cancelPrivateTransaction', [{ txHash: hash }])).toBe(false)
    expect(await mine()).toEqual([])
    expect((await readStatus(hash)).status).toBe('CANCELLED')
  })

  test('one that would revert never reaches the chain and fails after its last block', async () => {
    const heads = await subscribe(['newHeads'])
    const blockFilter = await request('eth_newBlockFilter')
    const hash = await sendPrivately(0, { to: reverter }, 2)
    const other = await send(1)
    expect(await mine()).toEqual([other])
    expect(await readStatus(hash)).toMatchObject({ status: 'PENDING', simError: 'execution reverted' })
    await mine()
    expect(await readStatus(hash)).toMatchObject({ status: 'FAILED', simError: 'execution reverted' })
    expect(await request('eth_getTransactionByHash', [hash])).toBeNull()
    expect(await requestFrom(node.rpcUrl, 'eth_getTransactionByHash', [hash])).toBeNull()
    expect(await request('eth_getTransactionCount', [accountAt(0).address, 'latest'])).toBe('0x0')
    // Blocks that were tried and undone are announced nowhere.
    const standing = await Promise.all(
      ['0x1', '0x2'].map(
        async (number) => (await request<{ hash: Hash }>('eth_getBlockByNumber', [number, false])).hash,
      ),
    )
    expect((await heads.waitFor(2)).map((head) => (head as { hash: Hash }).hash)).toEqual(standing)
    expect(await request('eth_getFilterChanges', [blockFilter])).toEqual(standing)
  })

  test('a public one that reverts is mined and pays', async () => {
    const hash = await send(0, { to: reverter })
    expect(await mine()).toEqual([hash])
    expect(await request('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x0' })
  })

  test('a private one fails when its nonce is taken by another', async () => {
    const hidden = await sendPrivately(0, { tipGwei: '1' })
    const visible = await send(0, { tipGwei: '2' })
    expect(await mine()).toEqual([visible])
    expect(await readStatus(hidden)).toMatchObject({ status: 'FAILED' })
  })

  test('waits a block rather than undo a transaction that was given to the node directly', async () => {
    const direct = await requestFrom<Hash>(node.rpcUrl, 'eth_sendTransaction', [
      { from: accountAt(5).address, to: recipient, value: '0x1' },
    ])
    const hidden = await sendPrivately(0)
    await mine()
    expect(await request('eth_getTransactionReceipt', [direct])).toMatchObject({ status: '0x1' })
    expect((await readStatus(hidden)).status).toBe('PENDING')
    expect(await mine()).toEqual([hidden])
  })

  test('can create a contract', async () => {
    const raw = await accountAt(0).signTransaction({
      type: 'eip1559',
      chainId: 31337,
      nonce: 0,
      data: '0x600a600c600039600a6000f3602a60005260206000f3',
      gas: 200_000n,
      maxFeePerGas: parseGwei('9'),
      maxPriorityFeePerGas: parseGwei('1'),
    })
    const hash = await request<Hash>('eth_sendPrivateTransaction', [{ tx: raw }])
    expect(await mine()).toEqual([hash])
  })

  test('no status but UNKNOWN for what was never sent privately', async () => {
    const hash = await send(0)
    expect(await readStatus(hash)).toEqual({ status: 'UNKNOWN', hash, seenInMempool: true })
  })
})

describe('bundles', () => {
  const sendBundle = (txs: readonly Hex[], blockNumber: number, revertingTxHashes: readonly Hash[] = []) =>
    request<{ bundleHash: Hash }>('eth_sendBundle', [
      { txs, blockNumber: numberToHex(blockNumber), revertingTxHashes },
    ])

  test('stand first, side by side, around a transaction of the public pool', async () => {
    const rich = await send(3, { tipGwei: '20' })
    const victim = await send(0, { tipGwei: '2' })
    const victimRaw = await request<Hex>('eth_getRawTransactionByHash', [victim])
    await sendBundle(
      [await sign(1, { tipGwei: '1' }), victimRaw, await sign(1, { nonce: 1, tipGwei: '0' })],
      1,
    )
    const transactions = await mine()
    expect(transactions).toHaveLength(4)
    expect(transactions.indexOf(victim)).toBe(1)
    expect(transactions.indexOf(rich)).toBe(3)
  })

  test('go in whole or not at all', async () => {
    const good = await sign(1, { tipGwei: '5' })
    await sendBundle([good, await sign(2, { to: reverter })], 1)
    const other = await send(0)
    expect(await mine()).toEqual([other])
    expect(await request('eth_getTransactionCount', [accountAt(1).address, 'latest'])).toBe('0x0')
    // It was meant for that one block only.
    expect(await mine()).toEqual([])
  })

  test('may let a transaction revert that the searcher names', async () => {
    const reverting = await sign(2, { to: reverter })
    await sendBundle([await sign(1), reverting], 1, [keccak256(reverting)])
    expect(await mine()).toHaveLength(2)
  })

  test('compete by the tips they pay; the loser of a conflict stays out', async () => {
    const contested = await sign(0, { tipGwei: '1' })
    await sendBundle([await sign(1, { tipGwei: '2' }), contested], 1)
    await sendBundle([await sign(2, { tipGwei: '7' }), contested], 1)
    const [first, ...rest] = await mine()
    expect(rest).toHaveLength(1)
    const client = createPublicClient({ transport: http(builder.rpcUrl) })
    const winner = await client.getTransaction({ hash: first as Hash })
    expect(winner.from).toBe(accountAt(2).address.toLowerCase())
  })

  test('for a block that has passed are refused', async () => {
    await mine()
    await expect(sendBundle([await sign(0)], 1)).rejects.toThrow('block 1 has passed')
  })
})

describe('endpoint', () => {
  test('serves viem over WebSocket: pending transactions, blocks, logs and a receipt', async () => {
    const client = createPublicClient({ chain: foundry, transport: webSocket(builder.wsUrl) })
    const wallet = createWalletClient({
      chain: foundry,
      transport: http(builder.rpcUrl),
      account: accountAt(0),
    })
    const pending = new Promise<Hash[]>((resolve) => {
      cleanups.push(client.watchPendingTransactions({ onTransactions: resolve }))
    })
    const head = new Promise<bigint>((resolve) => {
      cleanups.push(client.watchBlockNumber({ onBlockNumber: resolve }))
    })
    await client.getChainId()
    // Emits LOG0 with empty data when called.
    await requestFrom(node.rpcUrl, 'anvil_setCode', [recipient, '0x60006000a0'])
    const logs = await subscribe(['logs', { address: recipient }])
    const hash = await wallet.sendTransaction({ to: recipient, value: 1n })
    expect(await pending).toEqual([hash])
    await mine()
    expect(await head).toBe(1n)
    expect(await client.waitForTransactionReceipt({ hash })).toMatchObject({
      status: 'success',
      blockNumber: 1n,
    })
    expect(await logs.waitFor(1)).toMatchObject([{ address: recipient, transactionHash: hash }])
    const transport = await client.transport.getRpcClient()
    transport.close()
  })

  test('forwards reads, single and in batches, with the errors of the node', async () => {
    const batch = [
      { jsonrpc: '2.0', id: 'a', method: 'eth_chainId' },
      { jsonrpc: '2.0', id: 7, method: 'txpool_status', params: [] },
      { jsonrpc: '2.0', id: 8, method: 'eth_call', params: [{ to: reverter }, 'latest'] },
      { jsonrpc: '2.0', method: 'eth_chainId' },
      'nonsense',
    ]
    expect(await post(builder.rpcUrl, batch)).toMatchObject([
      { id: 'a', result: '0x7a69' },
      { id: 7, result: { pending: '0x0', queued: '0x0' } },
      { id: 8, error: { code: 3, message: expect.stringContaining('revert') } },
      { id: null, error: { code: -32600 } },
    ])
    expect(await request('web3_clientVersion')).toContain('anvil')
  })

  test.each([
    'anvil_setBalance',
    'evm_mine',
    'eth_sendTransaction',
    'eth_subscribe',
    'personal_sign',
    'constructor',
  ])('does not offer %s', async (method) => {
    expect(await post(builder.rpcUrl, { jsonrpc: '2.0', id: 1, method })).toMatchObject({
      error: { code: -32601 },
    })
  })

  test('refuses web pages, by origin and by host name, over HTTP and WebSocket', async () => {
    const { port } = new URL(builder.rpcUrl)
    const postWith = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const outgoing = httpRequest({ host: '127.0.0.1', port, method: 'POST', headers }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
        outgoing.on('error', reject)
        outgoing.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }))
      })
    expect(await postWith({ host: `127.0.0.1:${port}` })).toBe(200)
    expect(await postWith({ host: `localhost:${port}` })).toBe(200)
    expect(await postWith({ host: `rebound.example:${port}` })).toBe(403)
    expect(await postWith({ host: `127.0.0.1:${port}`, origin: 'https://page.example' })).toBe(403)
    const upgradeWith = (headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(builder.wsUrl, { headers })
        socket.once('open', () => {
          socket.terminate()
          resolve('open')
        })
        socket.once('error', (error) => resolve(error.message))
      })
    expect(await upgradeWith({})).toBe('open')
    expect(await upgradeWith({ origin: 'null' })).toContain('403')
    expect(await upgradeWith({ host: 'rebound.example' })).toContain('403')
  })

  test('reports a dead node as an error', async () => {
    await node.stop()
    const answer = await post(builder.rpcUrl, {
      jsonrpc: '2.0',
      id: 1,
      method: 'eth_blockNumber',
      params: [],
    })
    expect(answer.error).toMatchObject({
      code: -32002,
      message: expect.stringContaining('cannot be reached'),
    })
    await expect(mine()).rejects.toThrow('cannot be reached')
    await expect(send(0)).rejects.toThrow('cannot be reached')
  })

  test('reports a node that never answers as an error, too', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const impatient = await openBuilder(
      { rpcUrl: `http://127.0.0.1:${port}`, chainId: 31337 },
      { blockTimeMs: 0, nodeTimeoutMs: 100 },
    )
    await expect(requestFrom(impatient.rpcUrl, 'eth_blockNumber')).rejects.toThrow(
      'the node did not answer eth_blockNumber within 100 ms',
    )
    await impatient.stop()
    silent.closeAllConnections()
    silent.close()
  })

  test('makes blocks by itself, and as seldom as it is told when there is nothing to put into them', async () => {
    const regular = await openBuilder(node, { blockTimeMs: 20, idleBlockTimeMs: Number.POSITIVE_INFINITY })
    const client = createPublicClient({ transport: http(regular.rpcUrl) })
    const rpc = createRpc(regular.rpcUrl)
    const hash = await client.sendRawTransaction({ serializedTransaction: await sign(0) })
    await waitForReceipt(rpc, hash)
    const later = await client.sendRawTransaction({ serializedTransaction: await sign(0, { nonce: 1 }) })
    expect((await waitForReceipt(rpc, later)).blockNumber).toBe('0x2')
    await regular.stop()
    const eager = await openBuilder(node, { blockTimeMs: 20, idleBlockTimeMs: 60 })
    const watcher = createPublicClient({ transport: http(eager.rpcUrl), pollingInterval: 10, cacheTime: 0 })
    await new Promise<void>((resolve) => {
      const unwatch = watcher.watchBlockNumber({
        onBlockNumber: (number) => {
          if (number < 4n) return
          unwatch()
          resolve()
        },
      })
    })
    await eager.stop()
  })
})
