import { decodeText, fingerprint } from './domain/fingerprint.ts'
import type { SecretClipboardDependencies } from './secrets.ports.ts'

export interface SecretClipboard {
  /** @param secret UTF-8; overwritten. */
  copy(secret: Uint8Array): Promise<{ readonly clearsAtMs: number }>
  /** Takes the secret off now: on locking, and when the app ends. */
  clear(): Promise<void>
}

export const secretLifetimeMs = 60_000

/**
 * Puts secrets on the clipboard and takes them off after a minute. Every program can read the clipboard, and some keep a history
 * of it; what somebody has copied since then stays.
 */
export function createSecretClipboard(dependencies: SecretClipboardDependencies): SecretClipboard {
  const { clipboard, nowMs, after } = dependencies
  let copied: string | undefined
  let cancel = () => {}

  async function clear(): Promise<void> {
    cancel()
    cancel = () => {}
    if (copied === undefined) return
    const mine = copied
    copied = undefined
    if (fingerprint(await clipboard.read()) === mine) clipboard.clear()
  }

  return {
    async copy(secret) {
      const text = decodeText(secret)
      secret.fill(0)
      cancel()
      await clipboard.write(text)
      copied = fingerprint(text)
      // A clipboard that cannot be read is not emptied: something else may be on it.
      cancel = after(secretLifetimeMs, () => void clear().catch(() => {}))
      return { clearsAtMs: nowMs() + secretLifetimeMs }
    },
    clear,
  }
}
