import { AppError } from '../../../shared/errors/AppError.ts'

export interface RpcUrl {
  readonly kind: 'http' | 'webSocket'
  /** Without user and password. */
  readonly href: string
  /** Value of an Authorization header, from a user and password in the URL. */
  readonly authorization: string | undefined
  /** The only part that may be shown or logged: path and query often hold a key. */
  readonly host: string
}

/** Reads a node's address as the user typed it. @throws AppError `chain.invalidRpcUrl` with `reason` `syntax`, `protocol` or `credentials`. */
export function parseRpcUrl(text: string): RpcUrl {
  let url: URL
  try {
    url = new URL(text.trim())
  } catch {
    throw new AppError('chain.invalidRpcUrl', { reason: 'syntax' })
  }
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:'
  const isWebSocket = url.protocol === 'ws:' || url.protocol === 'wss:'
  if (!isHttp && !isWebSocket) throw new AppError('chain.invalidRpcUrl', { reason: 'protocol' })
  const hasCredentials = url.username !== '' || url.password !== ''
  // A WebSocket handshake started by the platform's own class takes no Authorization header.
  if (hasCredentials && isWebSocket) throw new AppError('chain.invalidRpcUrl', { reason: 'credentials' })
  const authorization = hasCredentials ? encodeBasic(url.username, url.password) : undefined
  url.username = ''
  url.password = ''
  url.hash = ''
  return { kind: isHttp ? 'http' : 'webSocket', href: url.href, authorization, host: url.host }
}

function encodeBasic(username: string, password: string): string {
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    return `Basic ${Buffer.from(pair).toString('base64')}`
  } catch {
    throw new AppError('chain.invalidRpcUrl', { reason: 'credentials' })
  }
}
