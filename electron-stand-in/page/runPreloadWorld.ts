import type { Base64, Codec } from '../codec/createCodec.ts'
import type { BridgeEndpoint, BridgeMessage } from './createBridgeEndpoint.ts'
import type { Emitter } from './createEmitter.ts'
import type { createIpcRenderer } from './createIpcRenderer.ts'
import type { WorldConfiguration, WorldMessage } from './messages.ts'

/** The parts a preload world is put together from; each is injected as source text. */
export type WorldParts = {
  readonly createCodec: (base64: Base64) => Codec
  readonly createEmitter: () => Emitter
  readonly createBridgeEndpoint: (post: (message: BridgeMessage) => void, target: object) => BridgeEndpoint
  readonly createIpcRenderer: typeof createIpcRenderer
}

/** A CommonJS preload script, wrapped as Electron wraps it; absent in windows without one. */
export type PreloadScript = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: object,
  global: object,
  setImmediate: (callback: () => void) => unknown,
  clearImmediate: (id: number) => void,
) => void

/**
 * Sets up the isolated world of a sandboxed preload and runs the preload in it. Self-contained: injected as
 * source text. Sub-frames only get a channel for window.open, as Electron runs no preload in them.
 */
export function runPreloadWorld(
  configuration: WorldConfiguration,
  parts: WorldParts,
  preload: PreloadScript | null,
): void {
  type BytesConstructor = {
    fromBase64: (text: string) => Uint8Array<ArrayBuffer>
    prototype: { toBase64: () => string }
  }
  const scope = globalThis as unknown as Record<string, unknown>
  const binding = scope[configuration.binding] as (text: string) => void
  delete scope[configuration.binding]
  const speak = (message: WorldMessage): void => binding(JSON.stringify(message))

  const channel = new EventTarget()
  const endpoint = parts.createBridgeEndpoint((detail) => {
    channel.dispatchEvent(new CustomEvent('to-page', { detail }))
  }, {})
  channel.addEventListener('to-preload', (event) => {
    const message = (event as CustomEvent<BridgeMessage | null>).detail
    if (message === null) return
    if (message.type === 'open') {
      const { url, frameName, features } = message
      speak({ type: 'open', url: String(url), frameName: String(frameName), features: String(features) })
    } else if (message.type !== 'expose') endpoint.receive(message)
  })
  // relatedTarget crosses worlds as the same object, which no other property of an event does.
  window.dispatchEvent(new FocusEvent(configuration.handshake, { relatedTarget: channel }))
  if (window !== window.top) return

  const unavailable = (name: string) => (): never => {
    throw new Error(`electron stand-in: ${name} is not available here; see electron-stand-in/README.md`)
  }
  const unavailableModule = (name: string): object =>
    new Proxy(
      {},
      { get: (_target, key) => (typeof key === 'symbol' ? undefined : unavailable(`${name}.${key}`)()) },
    )

  const codec = parts.createCodec({
    encode: (bytes) => (bytes as unknown as BytesConstructor['prototype']).toBase64(),
    decode: (text) => (Uint8Array as unknown as BytesConstructor).fromBase64(text),
  })
  const { ipcRenderer, hear } = parts.createIpcRenderer(speak, codec, parts.createEmitter(), unavailable)
  scope[configuration.deliver] = hear

  window.addEventListener('focus', (event) => event.isTrusted && speak({ type: 'focus' }))
  let reportedAtMs = Number.NEGATIVE_INFINITY
  const reportActivity = (event: Event): void => {
    if (!event.isTrusted || event.timeStamp - reportedAtMs < 1000) return
    reportedAtMs = event.timeStamp
    speak({ type: 'activity' })
  }
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel']) {
    window.addEventListener(type, reportActivity, { capture: true, passive: true })
  }
  if (preload === null) return

  const contextBridge = {
    exposeInMainWorld: (key: string, value: unknown) => endpoint.expose(key, value),
    exposeInIsolatedWorld: unavailable('contextBridge.exposeInIsolatedWorld'),
    executeInMainWorld: unavailable('contextBridge.executeInMainWorld'),
  }
  const electron = {
    contextBridge,
    ipcRenderer,
    crashReporter: unavailableModule('crashReporter'),
    nativeImage: unavailableModule('nativeImage'),
    webFrame: unavailableModule('webFrame'),
    webUtils: unavailableModule('webUtils'),
  }
  // A plain function, so that `new EventEmitter()` gives the emitter that it returns.
  const createEventEmitter = (): Emitter => parts.createEmitter()
  const events = { EventEmitter: createEventEmitter, default: createEventEmitter }
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval }
  const modules: Record<string, unknown> = { electron, events, timers, url: { URL, URLSearchParams } }
  const require = (name: string): unknown => {
    const bare = name.replace(/^node:/, '').replace(/^electron\/(renderer|common)$/, 'electron')
    if (!Object.hasOwn(modules, bare)) throw new Error(`module not found: ${name}`)
    return modules[bare]
  }
  const { platform, arch, versions } = configuration
  const process = {
    ...{ type: 'renderer', platform, arch, versions, version: `v${versions['node']}`, argv: [], env: {} },
    ...{ sandboxed: true, contextIsolated: true, isMainFrame: true },
    cwd: () => '/',
    nextTick: (callback: (...parameters: unknown[]) => void, ...parameters: unknown[]) =>
      queueMicrotask(() => callback(...parameters)),
  }
  const module = { exports: {} }
  try {
    preload(
      require,
      module,
      module.exports,
      process,
      globalThis,
      (callback) => setTimeout(callback, 0),
      (id) => clearTimeout(id),
    )
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    speak({ type: 'preloadError', message, stack: String(stack) })
  }
}
