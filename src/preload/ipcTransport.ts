import { ipcRenderer } from 'electron'
import type { Transport } from '../shared/contract/createApi.ts'
import type { Result } from '../shared/errors/Result.ts'

/** Carries a contract over Electron's IPC; the channel names come from the contract alone. */
export const ipcTransport: Transport = {
  async request(channel, input): Promise<Result<unknown>> {
    try {
      return await ipcRenderer.invoke(channel, input)
    } catch {
      // The main process is gone, or the input could not be cloned; either way nothing was done.
      return { ok: false, error: { code: 'internal', params: {}, retryable: false } }
    }
  },
  subscribe(channel, listener) {
    const forward = (_event: unknown, payload: unknown) => listener(payload)
    ipcRenderer.on(channel, forward)
    return () => {
      ipcRenderer.removeListener(channel, forward)
    }
  },
}
