import { longestTokenListText } from '../../../shared/contract/tokens.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { TokenListSource } from '../../capabilities/tokens/tokens.ports.ts'

const timeoutMs = 15_000

/**
 * Fetches a token list from where the user says. Over HTTPS alone, but for this machine, without cookies or anything that tells who asks; the time
 * limit covers the whole answer, and the size limit is kept while reading.
 */
export function createTokenListSource(): TokenListSource {
  return {
    async fetch(text) {
      const url = readUrl(text)
      let response: Response
      try {
        response = await fetch(url, {
          headers: { accept: 'application/json' },
          credentials: 'omit',
          redirect: 'follow',
          signal: AbortSignal.timeout(timeoutMs),
        })
        if (!response.ok) throw new AppError('tokenList.unreachable', { reason: `HTTP ${response.status}` })
        if (!isAllowed(new URL(response.url)))
          throw new AppError('tokenList.unreachable', { reason: 'redirect' })
        return await readLimited(response)
      } catch (thrown) {
        if (thrown instanceof AppError) throw thrown
        const isTimeout = thrown instanceof DOMException && thrown.name === 'TimeoutError'
        throw new AppError(
          'tokenList.unreachable',
          { reason: isTimeout ? 'timeout' : 'network' },
          { retryable: true },
        )
      }
    },
  }
}

function readUrl(text: string): URL {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new AppError('tokenList.unreachable', { reason: 'address' })
  }
  if (!isAllowed(url)) throw new AppError('tokenList.unreachable', { reason: 'address' })
  return url
}

function isAllowed({ protocol, hostname, username }: URL): boolean {
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isHere))
}

async function readLimited(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > longestTokenListText) throw new AppError('tokenList.invalid', { reason: 'size' })
  }
  return text + decoder.decode()
}
