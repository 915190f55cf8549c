import { NodeUnreachableError } from './NodeUnreachableError.ts'
import { parseRpcResponse } from './parseRpcResponse.ts'
import type { RpcUrl } from './parseRpcUrl.ts'
import type { RpcConnection, RpcConnectionOptions } from './RpcConnection.ts'
import { readRetryAfter } from './readRetryAfter.ts'

/** Questions with short answers, which may travel together. */
const joinable = new Set([
  'eth_chainId',
  'eth_blockNumber',
  'eth_gasPrice',
  'eth_maxPriorityFeePerGas',
  'eth_getBalance',
  'eth_getTransactionCount',
  'eth_getCode',
  'eth_getStorageAt',
  'eth_getTransactionReceipt',
  'eth_getTransactionByHash',
])
/** More than this is refused by some nodes. */
const largestBatch = 20

interface Question {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
  resolve(result: unknown): void
  reject(thrown: unknown): void
}

/**
 * JSON-RPC over HTTP. Short questions that are asked at the same moment travel as one batch, unless the node takes none. The time limit covers the
 * whole answer, so that a node that drips bytes does not hold a caller; the size limit is kept while reading, not after; redirects are not
 * followed, because they would carry the request to a node that the user did not choose.
 */
export function createHttpRpc(url: RpcUrl, options: RpcConnectionOptions): RpcConnection {
  const closing = new AbortController()
  let lastId = 0
  let takesBatches = true
  let waiting: Question[] = []

  async function post(message: unknown): Promise<unknown> {
    const timeout = AbortSignal.timeout(options.timeoutMs)
    let text: string
    try {
      const response = await fetch(url.href, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(url.authorization === undefined ? {} : { authorization: url.authorization }),
        },
        body: JSON.stringify(message),
        redirect: 'error',
        signal: AbortSignal.any([timeout, closing.signal]),
      })
      const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), Date.now())
      if (response.status === 429 || (response.status === 503 && retryAfterMs !== undefined))
        throw new NodeUnreachableError('rateLimited', { retryAfterMs })
      text = await readLimited(response, options.maxBytes)
    } catch (thrown) {
      if (thrown instanceof NodeUnreachableError) throw thrown
      if (closing.signal.aborted) throw new NodeUnreachableError('closed')
      if (timeout.aborted) throw new NodeUnreachableError('timeout')
      throw new NodeUnreachableError('network', { cause: thrown })
    }
    try {
      return JSON.parse(text)
    } catch {
      throw new NodeUnreachableError('garbage')
    }
  }

  const toMessage = ({ id, method, params }: Question) => ({ jsonrpc: '2.0', id, method, params })

  async function askAlone(question: Question): Promise<void> {
    try {
      const body = await post(toMessage(question))
      question.resolve(parseRpcResponse(body, question.id, options.chainId, question.method))
    } catch (thrown) {
      question.reject(thrown)
    }
  }

  async function askTogether(questions: readonly Question[]): Promise<void> {
    let body: unknown
    try {
      body = await post(questions.map(toMessage))
    } catch (thrown) {
      for (const { reject } of questions) reject(thrown)
      return
    }
    if (!Array.isArray(body)) {
      // One answer to many questions: this node knows no batches.
      takesBatches = false
      await Promise.all(questions.map(askAlone))
      return
    }
    const answers = new Map(body.map((answer: unknown) => [idOf(answer), answer]))
    for (const { id, method, resolve, reject } of questions) {
      try {
        resolve(parseRpcResponse(answers.get(id), id, options.chainId, method))
      } catch (thrown) {
        reject(thrown)
      }
    }
  }

  function send(): void {
    const questions = waiting
    waiting = []
    for (let start = 0; start < questions.length; start += largestBatch) {
      const batch = questions.slice(start, start + largestBatch)
      const [only] = batch
      void (only && batch.length === 1 ? askAlone(only) : askTogether(batch))
    }
  }

  return {
    request(method, params) {
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        const question = { id, method, params, resolve, reject }
        if (!takesBatches || !joinable.has(method)) {
          void askAlone(question)
          return
        }
        if (waiting.length === 0) setImmediate(send)
        waiting.push(question)
      })
    },
    close: () => closing.abort(),
  }
}

function idOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined
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
