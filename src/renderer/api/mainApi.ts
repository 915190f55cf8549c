import type { Api } from '../../shared/contract/createApi.ts'
import type { mainWindowContract } from '../../shared/contract/windows.ts'

export type MainApi = Api<typeof mainWindowContract>

declare global {
  interface Window {
    /** Put here by the preload of the window; which contract it speaks depends on the window. */
    readonly minato?: unknown
  }
}

/** The main window's only way out. Throws where the preload is missing: then nothing can work. */
export function mainApi(): MainApi {
  if (window.minato === undefined) throw new Error('The preload of the main window did not run')
  return window.minato as MainApi
}
