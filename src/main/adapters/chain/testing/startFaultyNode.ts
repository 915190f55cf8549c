import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface RpcRequest {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

/** What a node does with a request: pass it on, answer itself, or misbehave on the wire. */
export type Behaviour = (
  request: RpcRequest,
  passOn: () => Promise<unknown>,
) => Promise<RpcAnswer> | RpcAnswer
export type RpcAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } }
  | { readonly raw: string; readonly status?: number; readonly headers?: Record<string, string> }
  /** Sends a byte a second and never finishes. */
  | { readonly drip: true }
  /** Cuts the connection without an answer. */
  | { readonly hangUp: true }

export interface FaultyNode {
  readonly url: string
  readonly requests: readonly RpcRequest[]
  /** HTTP messages, of which one may carry several requests. */
  readonly messages: number
  behave(behaviour: Behaviour): void
  stop(): Promise<void>
}

/** A node in front of a real one whose every answer the test decides; honest until told otherwise. */
export async function startFaultyNode(upstreamUrl: string): Promise<FaultyNode> {
  const requests: RpcRequest[] = []
  let behaviour: Behaviour = honest
  let messages = 0

  async function answerOne(request: RpcRequest): Promise<RpcAnswer> {
    requests.push(request)
    return behaviour(request, async () => {
      const upstream = await fetch(upstreamUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      })
      return upstream.json()
    })
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of incoming) text += String(chunk)
    const message = JSON.parse(text) as RpcRequest | RpcRequest[]
    messages += 1
    const asked = Array.isArray(message) ? message : [message]
    const results = await Promise.all(asked.map(answerOne))
    // What goes wrong on the wire goes wrong for the whole message.
    const wire = results.find((result) => 'hangUp' in result || 'drip' in result || 'raw' in result)
    if (wire && 'hangUp' in wire) {
      incoming.socket.destroy()
    } else if (wire && 'drip' in wire) {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 100)
      response.on('close', () => clearInterval(timer))
    } else if (wire && 'raw' in wire) {
      response.writeHead(wire.status ?? 200, wire.headers).end(wire.raw)
    } else {
      const answers = results.map((result, index) => ({ jsonrpc: '2.0', id: asked[index]?.id, ...result }))
      response.writeHead(200).end(JSON.stringify(Array.isArray(message) ? answers : answers[0]))
    }
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    get messages() {
      return messages
    },
    behave(next) {
      behaviour = next
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Passes everything on unchanged. */
export async function honest(_request: RpcRequest, passOn: () => Promise<unknown>): Promise<RpcAnswer> {
  return (await passOn()) as RpcAnswer
}
