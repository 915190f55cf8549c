import { createCodec } from '../codec/createCodec.ts'
import { createBridgeEndpoint } from './createBridgeEndpoint.ts'
import { createEmitter } from './createEmitter.ts'
import { createIpcRenderer } from './createIpcRenderer.ts'
import type { WorldConfiguration } from './messages.ts'
import { runPageWorld } from './runPageWorld.ts'
import { runPreloadWorld } from './runPreloadWorld.ts'

/** The two scripts that Chromium runs at the start of every document of a window, in this order. */
export type WorldScripts = { readonly page: string; readonly preload: string }

/** Writes a window's scripts. Node has already blanked the types out, so functions print as plain JavaScript. */
export function buildWorldScripts(
  configuration: WorldConfiguration,
  preloadSource: string | undefined,
): WorldScripts {
  const parts = { createCodec, createEmitter, createBridgeEndpoint, createIpcRenderer }
  const partsSource = Object.entries(parts).map(([name, part]) => `${name}: ${part}`)
  // The newline ends a line comment that the preload may end with.
  const preloadScript =
    preloadSource === undefined
      ? 'null'
      : `function (require, module, exports, process, global, setImmediate, clearImmediate) {${preloadSource}\n}`
  return {
    page: `(${runPageWorld})(${JSON.stringify(configuration.handshake)}, ${createBridgeEndpoint})`,
    preload: `(${runPreloadWorld})(${JSON.stringify(configuration)}, {${partsSource.join(',\n')}}, ${preloadScript})`,
  }
}
