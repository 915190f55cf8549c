import type { Router } from '../../shared/contract/createRouter.ts'
import type { Result } from '../../shared/errors/Result.ts'

/** Who sent a message, as the browser process knows it; nothing in it comes from the page. */
export interface Sender {
  readonly windowId: number
  /** URL of the sending frame, or undefined when the frame is already gone. */
  readonly url: string | undefined
  readonly isMainFrame: boolean
}

export interface Endpoint {
  readonly router: Router
  /** The one page that may speak here. */
  readonly pageUrl: string
}

export interface Dispatcher {
  attach(windowId: number, endpoint: Endpoint): void
  detach(windowId: number): void
  dispatch(sender: Sender, channel: string, input: unknown): Promise<Result<unknown>>
}

/**
 * The one place where it is decided whether a message is heard: it must come from the top frame of a known window,
 * showing the page that this window was made for, on a channel of that window's own contract.
 */
export function createDispatcher(onRefused: (sender: Sender, channel: string) => void): Dispatcher {
  const endpoints = new Map<number, Endpoint>()
  return {
    attach(windowId, endpoint) {
      endpoints.set(windowId, endpoint)
    },
    detach(windowId) {
      endpoints.delete(windowId)
    },
    async dispatch(sender, channel, input) {
      const endpoint = endpoints.get(sender.windowId)
      if (!endpoint || !sender.isMainFrame || !showsPage(sender.url, endpoint.pageUrl)) {
        onRefused(sender, channel)
        return {
          ok: false,
          error: {
            code: 'request.invalid',
            params: { path: '', rule: 'untrusted_sender' },
            retryable: false,
          },
        }
      }
      return endpoint.router.handle(channel, input)
    },
  }
}

function showsPage(url: string | undefined, pageUrl: string): boolean {
  if (url === undefined || !URL.canParse(url)) return false
  const shown = new URL(url)
  // The fragment is the page's own navigation; everything before it must match.
  return `${shown.protocol}//${shown.host}${shown.pathname}` === pageUrl && shown.search === ''
}
