import { NodeUnreachableError } from './NodeUnreachableError.ts'
import { parseRpcResponse } from './parseRpcResponse.ts'
import type { RpcUrl } from './parseRpcUrl.ts'
import type { RpcConnection, RpcConnectionOptions } from './RpcConnection.ts'

/**
 * JSON-RPC over HTTP. The time limit covers the whole answer, so that a node that drips bytes does not hold a caller; the size limit is kept while reading,
 * not after; redirects are not followed, because they would carry the request to a node that the user did not choose.
 */
export function createHttpRpc(url: RpcUrl, options: RpcConnectionOptions): RpcConnection {
  const closing = new AbortController()
  let lastId = 0

  return {
    async request(method, params) {
      lastId += 1
      const id = lastId
      const timeout = AbortSignal.timeout(options.timeoutMs)
      let text: string
      try {
        const response = await fetch(url.href, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(url.authorization === undefined ? {} : { authorization: url.authorization }),
          },
          body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
          redirect: 'error',
          signal: AbortSignal.any([timeout, closing.signal]),
        })
        if (response.status === 429) throw new NodeUnreachableError('rateLimited')
        text = await readLimited(response, options.maxBytes)
      } catch (thrown) {
        if (thrown instanceof NodeUnreachableError) throw thrown
        if (closing.signal.aborted) throw new NodeUnreachableError('closed')
        if (timeout.aborted) throw new NodeUnreachableError('timeout')
        throw new NodeUnreachableError('network', { cause: thrown })
      }
      let body: unknown
      try {
        body = JSON.parse(text)
      } catch {
        throw new NodeUnreachableError('garbage')
      }
      return parseRpcResponse(body, id, options.chainId, method)
    },
    close: () => closing.abort(),
  }
}

async function readLimited(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > maxBytes) throw new NodeUnreachableError('tooLarge')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
