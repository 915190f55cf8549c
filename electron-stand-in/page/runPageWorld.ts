import type { BridgeEndpoint, BridgeMessage } from './createBridgeEndpoint.ts'

/**
 * The page world's half of a window, run before any script of the page: takes the channel that the preload world
 * hands over, and makes window.open ask the main process. Self-contained: injected as source text.
 */
export function runPageWorld(
  handshake: string,
  createBridgeEndpoint: (post: (message: BridgeMessage) => void, target: object) => BridgeEndpoint,
): void {
  const { apply, getOwnPropertyDescriptor } = Reflect
  const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype
  const { stopImmediatePropagation } = Event.prototype
  const getDetail = getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get
  const getRelatedTarget = getOwnPropertyDescriptor(FocusEvent.prototype, 'relatedTarget')?.get
  const getBaseUri = getOwnPropertyDescriptor(Node.prototype, 'baseURI')?.get
  if (getDetail === undefined || getRelatedTarget === undefined || getBaseUri === undefined) return
  const NativeCustomEvent = CustomEvent
  const NativeUrl = URL
  const NativeDomException = DOMException
  const page = document
  const toText = String
  let channel: EventTarget | undefined

  const post = (detail: BridgeMessage): void => {
    if (channel !== undefined)
      apply(dispatchEvent, channel, [new NativeCustomEvent('to-preload', { detail })])
  }

  const endpoint = createBridgeEndpoint(post, window)

  const resolveUrl = (text: string): string => {
    if (text === '') return 'about:blank'
    try {
      return new NativeUrl(text, apply(getBaseUri, page, []) as string).href
    } catch {
      throw new NativeDomException(`Unable to open a window with invalid URL '${text}'.`, 'SyntaxError')
    }
  }

  // A denied window.open gives null; the native one would give a window that is then torn away.
  window.open = function open(url: string | URL = '', frameName = '', features = ''): null {
    post({
      type: 'open',
      url: resolveUrl(toText(url)),
      frameName: toText(frameName),
      features: toText(features),
    })
    return null
  }

  const onHandshake = (event: Event): void => {
    apply(stopImmediatePropagation, event, [])
    apply(removeEventListener, window, [handshake, onHandshake, true])
    channel = apply(getRelatedTarget, event, []) as EventTarget
    const onMessage = (message: Event): void => {
      const detail = apply(getDetail, message, []) as BridgeMessage | null
      // Null when the value could not be cloned; the caller sees its answer missing.
      if (detail !== null) endpoint.receive(detail)
    }
    apply(addEventListener, channel, ['to-page', onMessage])
  }
  apply(addEventListener, window, [handshake, onHandshake, true])
}
