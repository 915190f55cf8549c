import { EventEmitter } from 'node:events'
import { refuseUnknownMembers } from '../unavailable.ts'

type ThemeSource = 'system' | 'light' | 'dark'

/** Electron's `nativeTheme`. The system's own theme is unknown here and taken for light, which pages are told too. */
class NativeTheme extends EventEmitter {
  #themeSource: ThemeSource = 'system'

  get themeSource(): ThemeSource {
    return this.#themeSource
  }

  set themeSource(source: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Invalid themeSource: ${source}`)
    const wasDark = this.shouldUseDarkColors
    this.#themeSource = source
    if (this.shouldUseDarkColors !== wasDark) this.emit('updated', {})
  }

  get shouldUseDarkColors(): boolean {
    return this.#themeSource === 'dark'
  }

  get shouldUseHighContrastColors(): boolean {
    return false
  }

  get shouldUseInvertedColorScheme(): boolean {
    return false
  }

  get prefersReducedTransparency(): boolean {
    return false
  }

  get inForcedColorsMode(): boolean {
    return false
  }
}

refuseUnknownMembers(NativeTheme, 'nativeTheme')

/** Electron's `nativeTheme`. */
export const nativeTheme = new NativeTheme()
