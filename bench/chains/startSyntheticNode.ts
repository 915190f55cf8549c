import { createServer } from 'node:http'
import { decodeFunctionData, encodeFunctionResult, multicall3Abi, pad, toFunctionSelector, toHex } from 'viem'

export interface SyntheticNode {
  readonly url: string
  readonly calls: ReadonlyMap<string, number>
  readonly bytes: { readonly sent: number; readonly received: number }
  /** The next block; every tenth balance changes with it. */
  mine(): void
  resetCounts(): void
  stop(): Promise<void>
}

interface Request {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

const uiMultiplier = toFunctionSelector('function uiMultiplier()')
const hash = (number: number) => pad(toHex(number + 1), { size: 32 })

/** A node in this process that answers at once: what is measured is what the app asks, not what a node can do. */
export async function startSyntheticNode(chainId: number, secondsPerBlock: number): Promise<SyntheticNode> {
  let height = 1_000
  let calls = new Map<string, number>()
  let bytes = { sent: 0, received: 0 }
  const startedAtS = Math.floor(Date.now() / 1000) - height * secondsPerBlock

  function balanceOf(callData: string, block: number): `0x${string}` {
    const seed = Number.parseInt(callData.slice(-6), 16) % 1_000
    return pad(toHex(BigInt(seed) * 10n ** 18n + (seed % 10 === block % 10 ? BigInt(block) : 0n)), {
      size: 32,
    })
  }

  function answer({ method, params }: Request): unknown {
    calls.set(method, (calls.get(method) ?? 0) + 1)
    switch (method) {
      case 'eth_chainId':
        return { result: toHex(chainId) }
      case 'eth_blockNumber':
        return { result: toHex(height) }
      case 'eth_getBlockByNumber': {
        const number = params[0] === 'latest' ? height : Number(params[0])
        return {
          result: {
            number: toHex(number),
            hash: hash(number),
            parentHash: hash(number - 1),
            timestamp: toHex(startedAtS + number * secondsPerBlock),
            baseFeePerGas: '0x1',
          },
        }
      }
      case 'eth_call': {
        const { data } = params[0] as { data: `0x${string}` }
        const { args } = decodeFunctionData({ abi: multicall3Abi, data })
        const [inner] = args as unknown as [readonly { readonly callData: `0x${string}` }[]]
        // As with nearly every token, amounts are shown as they are (ERC-8056).
        const result = inner.map(({ callData }) =>
          callData.startsWith(uiMultiplier)
            ? { success: false, returnData: '0x' as const }
            : { success: true, returnData: balanceOf(callData, height) },
        )
        return { result: encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result }) }
      }
      case 'eth_getLogs':
        return { result: [] }
      default:
        return { error: { code: -32601, message: 'method not found' } }
    }
  }

  const server = createServer((incoming, response) => {
    let text = ''
    incoming.on('data', (chunk) => {
      text += String(chunk)
    })
    incoming.on('end', () => {
      const message = JSON.parse(text) as Request | Request[]
      const one = (request: Request) => ({ jsonrpc: '2.0', id: request.id, ...(answer(request) as object) })
      const body = JSON.stringify(Array.isArray(message) ? message.map(one) : one(message))
      bytes = { sent: bytes.sent + text.length, received: bytes.received + body.length }
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The node has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    get calls() {
      return calls
    },
    get bytes() {
      return bytes
    },
    mine() {
      height += 1
    },
    resetCounts() {
      calls = new Map()
      bytes = { sent: 0, received: 0 }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
