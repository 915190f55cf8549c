import {
  type Address,
  createPublicClient,
  encodeFunctionData,
  erc20Abi,
  type Hash,
  type Hex,
  http,
  maxUint256,
  numberToHex,
  type PublicClient,
  parseGwei,
} from 'viem'
import { foundry } from 'viem/chains'
import { WebSocket } from 'ws'
import { type AccountRole, accountOf } from '../accounts.ts'
import type { LocalChainManifest } from '../manifest.ts'

/** The newest block's header, as far as actors look at it. */
export interface Head {
  readonly number: bigint
  readonly hash: Hash
  readonly timestamp: bigint
}

/** A transaction in the public mempool, as `newPendingTransactions` shows it. */
export interface PendingTransaction {
  readonly hash: Hash
  readonly from: Address
  readonly to: Address | null
  readonly nonce: number
  readonly gas: bigint
  readonly value: bigint
  readonly input: Hex
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/** A call to try on top of the newest block. */
export interface TrialCall {
  readonly from: Address
  readonly to: Address
  readonly data: Hex
  readonly value?: bigint
  readonly gas?: bigint
}

export interface TrialResult {
  readonly succeeded: boolean
  readonly gasUsed: bigint
  readonly logs: readonly { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }[]
}

export interface Fees {
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

export interface Order extends Fees {
  readonly to: Address
  readonly data: Hex
  readonly gas: bigint
  readonly nonce: number
  readonly value?: bigint
}

/** One actor's way into the market: its account, reads, trials, and what it sees of blocks and the public mempool. */
export interface Market {
  readonly address: Address
  readonly client: PublicClient
  readonly manifest: LocalChainManifest
  request<Result>(method: string, params: readonly unknown[]): Promise<Result>
  /** Runs calls one after the other in a block that will not stand. */
  attempt(calls: readonly TrialCall[]): Promise<TrialResult[]>
  sign(order: Order): Promise<Hex>
  readNonce(): Promise<number>
  readFees(tip?: bigint): Promise<Fees & { baseFeePerGas: bigint }>
  /** Approves `spender` without limit for each token where that is still to do. */
  approve(tokens: readonly Address[], spender: Address): Promise<void>
  watchBlocks(listener: (head: Head) => void): Promise<void>
  watchPending(listener: (transaction: PendingTransaction) => void): Promise<void>
  close(): void
}

const approvalGas = 100_000n
const trialGas = 3_000_000n

/** Connects an account to the block builder, over the endpoint that everybody uses. */
export async function connectMarket(
  { rpcUrl, wsUrl, manifest }: { rpcUrl: string; wsUrl: string; manifest: LocalChainManifest },
  role: AccountRole,
): Promise<Market> {
  const account = accountOf(role)
  const multicall3 = manifest.contracts.multicall3
  if (multicall3 === undefined) throw new Error('the manifest names no multicall3')
  const client: PublicClient = createPublicClient({
    chain: { ...foundry, contracts: { multicall3: { address: multicall3 } } },
    transport: http(rpcUrl, { retryCount: 0 }),
    cacheTime: 0,
    batch: { multicall: true },
  })
  const request = <Result>(method: string, params: readonly unknown[]) =>
    client.request({ method, params } as never) as Promise<Result>
  const feed = await openFeed(wsUrl)

  const readFees = async (tip = parseGwei('1')) => {
    const { baseFeePerGas } = await client.getBlock({ blockTag: 'pending' })
    const base = baseFeePerGas ?? 0n
    // Room for a base fee that doubles, which takes six full blocks.
    return { baseFeePerGas: base, maxPriorityFeePerGas: tip, maxFeePerGas: base * 2n + tip }
  }
  const readNonce = () => client.getTransactionCount({ address: account.address, blockTag: 'pending' })
  const sign = ({ value = 0n, ...order }: Order) =>
    account.signTransaction({ type: 'eip1559', chainId: manifest.chainId, value, ...order })

  return {
    address: account.address,
    client,
    manifest,
    request,
    sign,
    readNonce,
    readFees,
    async attempt(calls) {
      const latest = await client.getBlock()
      const blockOverrides = {
        number: numberToHex(latest.number + 1n),
        time: numberToHex(latest.timestamp + 1n),
        gasLimit: numberToHex(latest.gasLimit),
        baseFeePerGas: '0x0',
      }
      const blocks = await request<{ calls: { status: Hex; gasUsed: Hex; logs?: TrialResult['logs'] }[] }[]>(
        'eth_simulateV1',
        [
          {
            blockStateCalls: [
              {
                blockOverrides,
                calls: calls.map(({ from, to, data, value = 0n, gas = trialGas }) => ({
                  from,
                  to,
                  input: data,
                  value: numberToHex(value),
                  gas: numberToHex(gas),
                  maxFeePerGas: '0x0',
                  maxPriorityFeePerGas: '0x0',
                })),
              },
            ],
            validation: false,
            // Ether's moves appear as Transfer events of a token at 0xeeee….
            traceTransfers: true,
          },
          numberToHex(latest.number),
        ],
      )
      return (blocks[0]?.calls ?? []).map(({ status, gasUsed, logs = [] }) => ({
        succeeded: status === '0x1',
        gasUsed: BigInt(gasUsed),
        logs,
      }))
    },
    async approve(tokens, spender) {
      const allowances = await client.multicall({
        allowFailure: false,
        contracts: tokens.map((address) => ({
          address,
          abi: erc20Abi,
          functionName: 'allowance' as const,
          args: [account.address, spender] as const,
        })),
      })
      const missing = tokens.filter((_, index) => (allowances[index] ?? 0n) < maxUint256 / 2n)
      if (missing.length === 0) return
      const fees = await readFees()
      let nonce = await readNonce()
      const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, maxUint256] })
      for (const to of missing) {
        const raw = await sign({ to, data, gas: approvalGas, nonce, ...fees })
        await request('eth_sendRawTransaction', [raw])
        nonce += 1
      }
    },
    watchBlocks: (listener) =>
      feed.subscribe(['newHeads'], (head) => {
        const { number, hash, timestamp } = head as { number: Hex; hash: Hash; timestamp: Hex }
        listener({ number: BigInt(number), hash, timestamp: BigInt(timestamp) })
      }),
    watchPending: (listener) =>
      feed.subscribe(['newPendingTransactions', true], (body) => listener(readPending(body))),
    close: feed.close,
  }
}

/** Reads a transaction's JSON-RPC body; one with a gas price offers it as both fees. */
export function readPending(body: unknown): PendingTransaction {
  const seen = body as Record<'nonce' | 'gas' | 'value' | 'gasPrice', Hex> & {
    hash: Hash
    from: Address
    to: Address | null
    input: Hex
    maxFeePerGas?: Hex
    maxPriorityFeePerGas?: Hex
  }
  return {
    hash: seen.hash,
    from: seen.from,
    to: seen.to,
    input: seen.input,
    nonce: Number(seen.nonce),
    gas: BigInt(seen.gas),
    value: BigInt(seen.value),
    maxFeePerGas: BigInt(seen.maxFeePerGas ?? seen.gasPrice),
    maxPriorityFeePerGas: BigInt(seen.maxPriorityFeePerGas ?? seen.gasPrice),
  }
}

async function openFeed(wsUrl: string) {
  const socket = new WebSocket(wsUrl)
  const listeners = new Map<string, (result: unknown) => void>()
  const confirmations = new Map<number, (id: string) => void>()
  let lastId = 0
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => socket.terminate())
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString()) as {
      id?: number
      result?: string
      params?: { subscription: string; result: unknown }
    }
    if (message.params !== undefined) listeners.get(message.params.subscription)?.(message.params.result)
    else if (message.id !== undefined) confirmations.get(message.id)?.(message.result ?? '')
  })
  return {
    async subscribe(params: readonly unknown[], listener: (result: unknown) => void): Promise<void> {
      lastId += 1
      const requestId = lastId
      await new Promise<void>((resolve, reject) => {
        socket.once('close', () => reject(new Error('the connection was closed')))
        confirmations.set(requestId, (subscription) => {
          // Registered within the message's own turn: the next message may already be a notification.
          listeners.set(subscription, listener)
          resolve()
        })
        socket.send(JSON.stringify({ jsonrpc: '2.0', id: requestId, method: 'eth_subscribe', params }))
      })
    },
    close: () => socket.terminate(),
  }
}
