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
  | { readonly raw: string; readonly status?: number }
  /** Sends a byte a second and never finishes. */
  | { readonly drip: true }
  /** Cuts the connection without an answer. */
  | { readonly hangUp: true }

export interface FaultyNode {
  readonly url: string
  readonly requests: readonly RpcRequest[]
  behave(behaviour: Behaviour): void
  stop(): Promise<void>
}

/** A node in front of a real one whose every answer the test decides; honest until told otherwise. */
export async function startFaultyNode(upstreamUrl: string): Promise<FaultyNode> {
  const requests: RpcRequest[] = []
  let behaviour: Behaviour = honest

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of incoming) text += String(chunk)
    const request = JSON.parse(text) as RpcRequest
    requests.push(request)
    const passOn = async () => {
      const upstream = await fetch(upstreamUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: text,
      })
      return upstream.json()
    }
    const result = await behaviour(request, passOn)
    if ('hangUp' in result) {
      incoming.socket.destroy()
    } else if ('drip' in result) {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 100)
      response.on('close', () => clearInterval(timer))
    } else if ('raw' in result) {
      response.writeHead(result.status ?? 200).end(result.raw)
    } else {
      response.writeHead(200).end(JSON.stringify({ jsonrpc: '2.0', id: request.id, ...result }))
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
