export { createFileSaver, type FileSaver } from './createFileSaver.ts'
export { createSecretClipboard, type SecretClipboard, secretLifetimeMs } from './createSecretClipboard.ts'
export type { ClipboardPort, FilePlacesPort } from './secrets.ports.ts'
