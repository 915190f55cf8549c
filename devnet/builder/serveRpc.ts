import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { answerMessage } from './answerMessage.ts'
import type { BlockBuilder } from './BlockBuilder.ts'
import { readTransactionStatus } from './createOrderFlowMethods.ts'
import type { RpcHandler } from './RpcMethods.ts'
import { Subscriptions } from './Subscriptions.ts'

interface ServedRpc {
  readonly rpcUrl: string
  readonly wsUrl: string
  stop(): Promise<void>
}

interface ServeOptions {
  readonly builder: BlockBuilder
  readonly handler: RpcHandler
  /** 0 takes any free port. */
  readonly port: number
}

const largestMessageBytes = 16 * 1024 * 1024
// A client that does not read what it subscribed to must not fill the memory.
const mostUnsentBytes = 32 * 1024 * 1024
const loopbackNames = new Set(['127.0.0.1', 'localhost'])
const statusPath = /^\/tx\/(0x[0-9a-fA-F]{64})$/

/** Serves JSON-RPC over HTTP and WebSocket on 127.0.0.1, to programs only: requests made by web pages are refused. */
export async function serveRpc({ builder, handler, port }: ServeOptions): Promise<ServedRpc> {
  const server = createServer((request, response) => {
    answerHttp(request, response, builder, handler).catch((error: unknown) => {
      console.error('block builder: an HTTP request failed unexpectedly', error)
      response.destroy()
    })
  })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessageBytes })
  server.on('upgrade', (request, socket, head) => {
    if (findRefusal(request) !== undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => serveSocket(client, builder, handler))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP port')
  return {
    rpcUrl: `http://127.0.0.1:${address.port}`,
    wsUrl: `ws://127.0.0.1:${address.port}`,
    async stop() {
      for (const client of sockets.clients) client.terminate()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

// A page in a browser can reach loopback ports, either across origins or, by DNS rebinding, under its own host name.
function findRefusal({ headers }: IncomingMessage): string | undefined {
  if (headers.origin !== undefined) return 'web pages may not use this endpoint'
  const name = headers.host?.replace(/:\d{1,5}$/, '')
  return name !== undefined && loopbackNames.has(name.toLowerCase()) ? undefined : 'invalid host specified'
}

async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  builder: BlockBuilder,
  handler: RpcHandler,
): Promise<void> {
  const finish = (status: number, contentType: string, body: string) => {
    response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) })
    response.end(body)
  }
  const refusal = findRefusal(request)
  if (refusal !== undefined) return finish(403, 'text/plain', refusal)
  const [, statusHash] = statusPath.exec(request.url ?? '') ?? []
  if (request.method === 'GET' && statusHash !== undefined) {
    const status = readTransactionStatus(builder, statusHash.toLowerCase() as `0x${string}`)
    return finish(200, 'application/json', JSON.stringify(status))
  }
  if (request.method !== 'POST') return finish(405, 'text/plain', 'POST a JSON-RPC request')
  const text = await readBody(request)
  if (text === undefined) return finish(413, 'text/plain', 'request entity too large')
  const answer = await answerMessage(text, handler)
  if (answer === undefined) return finish(204, 'text/plain', '')
  return finish(200, 'application/json', answer)
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > largestMessageBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function serveSocket(client: WebSocket, builder: BlockBuilder, handler: RpcHandler): void {
  const send = (text: string) => {
    if (client.bufferedAmount > mostUnsentBytes) client.terminate()
    else if (client.readyState === client.OPEN) client.send(text)
  }
  const subscriptions = new Subscriptions(builder, send)
  const handle: RpcHandler = async (method, params) => {
    if (method === 'eth_subscribe') return subscriptions.subscribe(params)
    if (method === 'eth_unsubscribe') return subscriptions.unsubscribe(params)
    return handler(method, params)
  }
  client.on('message', (data: RawData) => {
    void answerMessage(data.toString(), handle).then((answer) => {
      if (answer !== undefined) send(answer)
    })
  })
  client.on('close', () => subscriptions.close())
  // `ws` closes the connection after an error; without a listener the error would end the process.
  client.on('error', () => client.terminate())
}
