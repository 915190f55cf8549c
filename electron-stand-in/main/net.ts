import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { refuseUnknownMembers, UnavailableError } from '../unavailable.ts'
import { protocol } from './Protocol.ts'
import { schemeOf } from './schemes.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** Electron's `net.fetch`, for files and the app's own schemes: network requests would need Chromium's stack. */
class Net {
  async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const url = input instanceof Request ? input.url : String(input)
    const scheme = schemeOf(url)
    if (scheme === 'file') return await readFileUrl(url)
    const handler = protocol.findHandler(scheme)
    if (handler === undefined) throw new UnavailableError(`net.fetch of ${scheme}:`, 'use fetch')
    return await handler(new Request(input, init))
  }
}

async function readFileUrl(url: string): Promise<Response> {
  const path = fileURLToPath(url)
  const bytes = await readFile(path).catch((cause) => {
    throw new Error('net::ERR_FILE_NOT_FOUND', { cause })
  })
  const type = CONTENT_TYPES[extname(path)]
  return new Response(new Uint8Array(bytes), type === undefined ? {} : { headers: { 'content-type': type } })
}

refuseUnknownMembers(Net, 'net')

/** Electron's `net`. */
export const net = new Net()
