import { refuseUnknownMembers } from '../unavailable.ts'
import { matchesUrlPattern } from './matchesUrlPattern.ts'

/** What a listener is told of a request. */
export type RequestDetails = {
  readonly id: number
  readonly url: string
  readonly method: string
  readonly resourceType: string
  readonly referrer: string
  readonly timestamp: number
  readonly webContentsId: number
}

/** What a listener decides. */
export type RequestDecision = { readonly cancel?: boolean; readonly redirectURL?: string }

type Filter = { readonly urls: readonly string[]; readonly types?: readonly string[] }
type Listener = (details: RequestDetails, callback: (decision: RequestDecision) => void) => void

/** Electron's `webRequest`: `onBeforeRequest` only. */
export class WebRequest {
  #filter: Filter = { urls: ['<all_urls>'] }
  #listener: Listener | null = null

  onBeforeRequest(filterOrListener: Filter | Listener | null, listener?: Listener | null): void {
    if (typeof filterOrListener === 'function' || filterOrListener === null) {
      this.#filter = { urls: ['<all_urls>'] }
      this.#listener = filterOrListener
    } else {
      this.#filter = filterOrListener
      this.#listener = listener ?? null
    }
  }

  /** Stand-in internals: asks the listener, if the request is one for it. */
  async decide(details: RequestDetails): Promise<RequestDecision> {
    const listener = this.#listener
    const { urls, types } = this.#filter
    if (listener === null || !matchesUrlPattern(details.url, urls)) return {}
    if (types !== undefined && !types.includes(details.resourceType)) return {}
    return await new Promise((resolve) => listener(details, resolve))
  }
}

refuseUnknownMembers(WebRequest, 'webRequest')
