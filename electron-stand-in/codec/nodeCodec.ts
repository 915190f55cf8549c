import { createCodec } from './createCodec.ts'

/** The codec of IPC messages on Node's side. */
export const nodeCodec = createCodec({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  // Copied out of Buffer's shared pool: the receiver must own its bytes, and no others.
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
})
