import { base64urlnopad } from '@scure/base'
import { bytesToHex, hexToBytes } from 'viem'
import { z } from 'zod'
import { addressSchema, chainIdSchema } from '../../../../../shared/identity/identity.ts'
import { ByteReader } from '../journal/ByteReader.ts'
import { ByteWriter } from '../journal/ByteWriter.ts'
import { crc32 } from '../journal/crc32.ts'
import { limitOrderSchema } from './limitOrder.ts'

const bytesSchema = (most: number) =>
  z.custom<`0x${string}`>(
    (value) => typeof value === 'string' && value.length <= 2 + 2 * most && /^0x([0-9a-f]{2})*$/.test(value),
    'expected bytes in lower-case hexadecimal',
  )

/** A signed order with all that is needed to check and fill it. */
export const signedOrderSchema = z.strictObject({
  chainId: chainIdSchema,
  contract: addressSchema,
  order: limitOrderSchema,
  extension: bytesSchema(8_192),
  signature: bytesSchema(4_096),
})
export type SignedOrder = z.infer<typeof signedOrderSchema>

/** What somebody's text turned out to be. */
export type ParsedSignedOrder =
  | { readonly kind: 'order'; readonly signed: SignedOrder }
  | { readonly kind: 'notAnOrder' }
  | { readonly kind: 'newerVersion'; readonly version: number }
  | { readonly kind: 'damaged' }

const LINK_PREFIX = 'minato:order/'
const FILE_FORMAT = 'minato-limit-order'
const VERSION = 1
const LONGEST_TEXT = 40_000

const fileSchema = z.strictObject({
  format: z.literal(FILE_FORMAT),
  version: z.literal(VERSION),
  order: z.string().max(LONGEST_TEXT),
})

/** A signed order as a link, short enough for a QR code. */
export function formatOrderLink(signed: SignedOrder): string {
  return `${LINK_PREFIX}${base64urlnopad.encode(encode(signed))}`
}

/** A signed order as a file: the same bytes, in a wrapping that says what they are. */
export function formatOrderFile(signed: SignedOrder): string {
  const file = { format: FILE_FORMAT, version: VERSION, order: base64urlnopad.encode(encode(signed)) }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/** Reads a link or a file's text. Nothing of it is believed yet: see `judgeOrder`. */
export function parseSignedOrder(text: string): ParsedSignedOrder {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST_TEXT) return { kind: 'notAnOrder' }
  if (trimmed.startsWith(LINK_PREFIX)) return decode(trimmed.slice(LINK_PREFIX.length))
  let content: unknown
  try {
    content = JSON.parse(trimmed)
  } catch {
    // Whatever is no JSON is no file of ours.
    return { kind: 'notAnOrder' }
  }
  const file = fileSchema.safeParse(content)
  if (file.success) return decode(file.data.order)
  const newer = z.looseObject({ format: z.literal(FILE_FORMAT), version: z.int() }).safeParse(content)
  if (!newer.success) return { kind: 'notAnOrder' }
  return newer.data.version > VERSION
    ? { kind: 'newerVersion', version: newer.data.version }
    : { kind: 'damaged' }
}

function encode(signed: SignedOrder): Uint8Array {
  const { chainId, contract, order, extension, signature } = signedOrderSchema.parse(signed)
  const writer = new ByteWriter()
  writer.byte(VERSION)
  writer.integer(chainId)
  for (const address of [contract, order.maker, order.receiver, order.makerAsset, order.takerAsset]) {
    writer.bytes(hexToBytes(address))
  }
  for (const word of [order.salt, order.makingAmount, order.takingAmount, order.makerTraits]) {
    writer.bigint(word)
  }
  for (const bytes of [extension, signature]) {
    writer.integer(bytes.length / 2 - 1)
    writer.bytes(hexToBytes(bytes))
  }
  writer.uint32(crc32(writer.toBytes()))
  return writer.toBytes()
}

function decode(text: string): ParsedSignedOrder {
  try {
    const bytes = base64urlnopad.decode(text)
    const version = bytes[0] ?? 0
    if (version > VERSION) return { kind: 'newerVersion', version }
    const body = bytes.subarray(0, Math.max(0, bytes.length - 4))
    if (version !== VERSION || new ByteReader(bytes, body.length).uint32() !== crc32(body)) {
      return { kind: 'damaged' }
    }
    const signed = signedOrderSchema.safeParse(readBody(new ByteReader(body, 1)))
    return signed.success ? { kind: 'order', signed: signed.data } : { kind: 'damaged' }
  } catch {
    // Nothing that a stranger's text can hold is a bug of ours; @scure/base throws plain errors for what is not base64url.
    return { kind: 'damaged' }
  }
}

function readBody(reader: ByteReader): unknown {
  const chainId = reader.integer()
  const address = () => bytesToHex(reader.bytes(20))
  const [contract, maker, receiver, makerAsset, takerAsset] = [
    address(),
    address(),
    address(),
    address(),
    address(),
  ]
  const [salt, makingAmount, takingAmount, makerTraits] = [
    reader.bigint(),
    reader.bigint(),
    reader.bigint(),
    reader.bigint(),
  ]
  const extension = bytesToHex(reader.bytes(reader.integer()))
  const signature = bytesToHex(reader.bytes(reader.integer()))
  reader.end()
  const order = { salt, maker, receiver, makerAsset, takerAsset, makingAmount, takingAmount, makerTraits }
  return { chainId, contract, order, extension, signature }
}
