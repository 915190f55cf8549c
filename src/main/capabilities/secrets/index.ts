export { createSecretClipboard, type SecretClipboard, secretLifetimeMs } from './createSecretClipboard.ts'
export type { ClipboardPort } from './secrets.ports.ts'
