import { NodeUnreachableError, type UnreachableReason } from './NodeUnreachableError.ts'
import { parseRpcResponse } from './parseRpcResponse.ts'
import type { RpcUrl } from './parseRpcUrl.ts'
import type { RpcConnection, RpcConnectionOptions } from './RpcConnection.ts'

interface Waiting {
  readonly method: string
  readonly timer: NodeJS.Timeout
  resolve(result: unknown): void
  reject(reason: unknown): void
}

/** JSON-RPC over a WebSocket that is opened by the first request and opened anew by the first one after it dropped. */
export function createWebSocketRpc(url: RpcUrl, options: RpcConnectionOptions): RpcConnection {
  const waiting = new Map<number, Waiting>()
  let socket: Promise<WebSocket> | undefined
  let headListener: (() => void) | undefined
  let lastId = 0
  let isClosed = false

  function drop(reason: UnreachableReason): void {
    const dropped = socket
    socket = undefined
    headListener = undefined
    dropped?.then(
      (open) => open.close(),
      () => {},
    )
    for (const { timer, reject } of waiting.values()) {
      clearTimeout(timer)
      reject(new NodeUnreachableError(reason))
    }
    waiting.clear()
  }

  function receive(data: unknown): void {
    const message = readMessage(data, options.maxBytes)
    if (typeof message === 'string') {
      drop(message)
      return
    }
    if (message.method === 'eth_subscription') {
      headListener?.()
      return
    }
    const { id } = message
    const waiter = typeof id === 'number' ? waiting.get(id) : undefined
    if (typeof id !== 'number' || !waiter) return
    waiting.delete(id)
    clearTimeout(waiter.timer)
    try {
      waiter.resolve(parseRpcResponse(message, id, options.chainId, waiter.method))
    } catch (thrown) {
      waiter.reject(thrown)
    }
  }

  function open(): Promise<WebSocket> {
    const opening = new Promise<WebSocket>((resolve, reject) => {
      const candidate = new WebSocket(url.href)
      const timer = setTimeout(() => {
        reject(new NodeUnreachableError('timeout'))
        candidate.close()
      }, options.timeoutMs)
      candidate.addEventListener('open', () => {
        clearTimeout(timer)
        resolve(candidate)
      })
      candidate.addEventListener('message', (event) => {
        if (socket === opening) receive(event.data)
      })
      candidate.addEventListener('error', () => {
        clearTimeout(timer)
        reject(new NodeUnreachableError('network'))
        if (socket === opening) drop('network')
      })
      candidate.addEventListener('close', () => {
        clearTimeout(timer)
        reject(new NodeUnreachableError('network'))
        if (socket === opening) drop('network')
      })
    })
    opening.catch(() => {
      if (socket === opening) socket = undefined
    })
    return opening
  }

  async function request(method: string, params: readonly unknown[]): Promise<unknown> {
    if (isClosed) throw new NodeUnreachableError('closed')
    socket ??= open()
    const ready = await socket
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id)
        reject(new NodeUnreachableError('timeout'))
      }, options.timeoutMs)
      waiting.set(id, { method, timer, resolve, reject })
      try {
        ready.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
      } catch (thrown) {
        waiting.delete(id)
        clearTimeout(timer)
        reject(new NodeUnreachableError('network', { cause: thrown }))
      }
    })
  }

  return {
    request,
    async subscribeNewHeads(listener) {
      if (headListener) return
      await request('eth_subscribe', ['newHeads'])
      headListener = listener
    },
    close() {
      isClosed = true
      drop('closed')
    },
  }
}

/** A message as an object, or why it is none. */
function readMessage(data: unknown, maxBytes: number): Record<string, unknown> | 'garbage' | 'tooLarge' {
  if (typeof data !== 'string') return 'garbage'
  if (data.length > maxBytes) return 'tooLarge'
  try {
    const message: unknown = JSON.parse(data)
    return typeof message === 'object' && message !== null ? { ...message } : 'garbage'
  } catch {
    return 'garbage'
  }
}
