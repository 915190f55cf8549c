/** What a preload world sends to the main process; `payload` is in the codec's text form. */
export type WorldMessage =
  | { readonly type: 'invoke'; readonly channel: string; readonly id: number; readonly payload: string }
  | { readonly type: 'send'; readonly channel: string; readonly payload: string }
  | { readonly type: 'open'; readonly url: string; readonly frameName: string; readonly features: string }
  | { readonly type: 'preloadError'; readonly message: string; readonly stack: string }
  | { readonly type: 'activity' }
  | { readonly type: 'focus' }

/** What the main process delivers to a preload world. */
export type HostMessage =
  | { readonly type: 'result'; readonly id: number; readonly payload: string }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
  | { readonly type: 'event'; readonly channel: string; readonly payload: string }

/** What a preload world is told when it starts; all names are random, per window. */
export type WorldConfiguration = {
  /** The binding through which the world speaks; it leaves the global object at once. */
  readonly binding: string
  /** The function of the world's global object through which it hears. */
  readonly deliver: string
  /** The DOM event that hands the page world its channel. */
  readonly handshake: string
  readonly platform: string
  readonly arch: string
  readonly versions: Readonly<Record<string, string>>
}
