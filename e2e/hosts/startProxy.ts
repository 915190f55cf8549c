import { createServer, type IncomingMessage } from 'node:http'

export interface NodeProxy {
  readonly url: string
  readonly host: string
  /** Changes every answer on its way back. */
  change(next: (answer: string) => string): void
  /** Hangs up on these requests, which then never reach the node. */
  refuse(fits: (request: string) => boolean): void
  stop(): Promise<void>
}

/** Stands between the app and a node, and tells what it is told to. */
export async function startProxy(upstreamUrl: string): Promise<NodeProxy> {
  let change = (answer: string) => answer
  let isRefused = (_request: string) => false
  const server = createServer((incoming, response) => {
    read(incoming)
      .then((body) => {
        if (isRefused(body)) throw new Error('refused')
        return fetch(upstreamUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      })
      .then(async (upstream) => response.writeHead(upstream.status).end(change(await upstream.text())))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  const host = `127.0.0.1:${address.port}`
  return {
    url: `http://${host}`,
    host,
    change(next) {
      change = next
    },
    refuse(fits) {
      isRefused = fits
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function read(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of incoming) text += String(chunk)
  return text
}
