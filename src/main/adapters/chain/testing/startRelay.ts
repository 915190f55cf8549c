import { createServer } from 'node:http'
import { keccak256 } from 'viem'

type Hex = `0x${string}`
type Status = 'PENDING' | 'INCLUDED' | 'FAILED' | 'CANCELLED' | 'UNKNOWN'

export interface Relay {
  readonly url: string
  readonly statusUrl: string
  /** Every request as it came in: method and parameters, or `GET` and the path. */
  readonly requests: readonly { readonly method: string; readonly params: readonly unknown[] }[]
  /** Signed transactions that it holds, by hash. */
  readonly held: ReadonlyMap<Hex, Hex>
  /** What it says of a transaction from now on, true or not. */
  say(hash: Hex, status: Status, simError?: string): void
  /** Loses a transaction without a word. */
  drop(hash: Hex): void
  stop(): Promise<void>
}

/**
 * A relay on the loopback that speaks Flashbots Protect's documented methods and status page, and a private node's
 * `eth_sendRawTransaction`. It makes no blocks: what becomes of a transaction is the test's to say.
 */
export async function startRelay(chainId: number): Promise<Relay> {
  const requests: { method: string; params: readonly unknown[] }[] = []
  const held = new Map<Hex, Hex>()
  const said = new Map<Hex, { status: Status; simError?: string }>()

  function take(raw: Hex): Hex {
    const hash = keccak256(raw)
    held.set(hash, raw)
    if (!said.has(hash)) said.set(hash, { status: 'PENDING' })
    return hash
  }

  function answer(method: string, params: readonly unknown[]): unknown {
    const [first] = params
    switch (method) {
      case 'eth_chainId':
        return `0x${chainId.toString(16)}`
      case 'eth_sendPrivateTransaction':
        return take((first as { tx: Hex }).tx)
      case 'eth_sendRawTransaction':
        return take(first as Hex)
      case 'eth_cancelPrivateTransaction': {
        const { txHash } = first as { txHash: Hex }
        if (said.get(txHash)?.status !== 'PENDING') return false
        said.set(txHash, { status: 'CANCELLED' })
        return true
      }
      case 'eth_getTransactionByHash':
        return held.has(first as Hex) ? { hash: first, blockNumber: null } : null
      default:
        return undefined
    }
  }

  const server = createServer((incoming, response) => {
    const reply = (body: unknown) => response.writeHead(200).end(JSON.stringify(body))
    if (incoming.method === 'GET') {
      const path = incoming.url ?? ''
      requests.push({ method: 'GET', params: [path] })
      const hash = path.slice('/tx/'.length) as Hex
      reply({ hash, maxBlockNumber: 25, fastMode: true, ...(said.get(hash) ?? { status: 'UNKNOWN' }) })
      return
    }
    let text = ''
    incoming.on('data', (chunk) => {
      text += String(chunk)
    })
    incoming.on('end', () => {
      const { id, method, params } = JSON.parse(text)
      requests.push({ method, params })
      const result = answer(method, params)
      reply(
        result === undefined
          ? { jsonrpc: '2.0', id, error: { code: -32601, message: 'method not found' } }
          : { jsonrpc: '2.0', id, result },
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    statusUrl: `${url}/tx/`,
    requests,
    held,
    say: (hash, status, simError) => said.set(hash, { status, ...(simError ? { simError } : {}) }),
    drop(hash) {
      held.delete(hash)
      said.delete(hash)
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
