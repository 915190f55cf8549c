import { keccak256 } from 'viem'

type Hex = `0x${string}`

/** What may follow an order, in the order of the contract's fields. */
export const extensionFields = [
  'makerAssetSuffix',
  'takerAssetSuffix',
  'makingAmountData',
  'takingAmountData',
  'predicate',
  'makerPermit',
  'preInteraction',
  'postInteraction',
] as const

export type Extension = Readonly<Record<(typeof extensionFields)[number] | 'customData', Hex>>

const SALT_TAG_MASK = (1n << 160n) - 1n
const LARGEST_RANDOM = (1n << 96n) - 1n

/** The bytes of an extension: one word with the end of each field, the fields, the custom data; nothing for nothing. */
export function encodeExtension(extension: Extension): Hex {
  let offsets = 0n
  let end = 0
  let body = ''
  for (const [index, name] of extensionFields.entries()) {
    const field = extension[name].slice(2)
    end += field.length / 2
    offsets |= BigInt(end) << BigInt(32 * index)
    body += field
  }
  if (end === 0 && extension.customData === '0x') return '0x'
  return `0x${offsets.toString(16).padStart(64, '0')}${body}${extension.customData.slice(2)}`
}

/** Reads an extension; `undefined` where its offsets do not fit its bytes. */
export function decodeExtension(bytes: Hex): Extension | undefined {
  const digits = bytes.slice(2)
  if (digits === '') return { ...emptyExtension }
  if (digits.length < 64) return undefined
  const offsets = BigInt(`0x${digits.slice(0, 64)}`)
  const body = digits.slice(64)
  const fields: Record<string, Hex> = {}
  let begin = 0
  for (const [index, name] of extensionFields.entries()) {
    const end = Number((offsets >> BigInt(32 * index)) & 0xffffffffn) * 2
    if (end < begin || end > body.length) return undefined
    fields[name] = `0x${body.slice(begin, end)}`
    begin = end
  }
  return { ...emptyExtension, ...fields, customData: `0x${body.slice(begin)}` }
}

/** The condition in an extension, as the contract evaluates it; nothing where there is none. */
export function readPredicate(extension: Hex): Hex {
  return decodeExtension(extension)?.predicate ?? '0x'
}

const emptyExtension: Extension = {
  makerAssetSuffix: '0x',
  takerAssetSuffix: '0x',
  makingAmountData: '0x',
  takingAmountData: '0x',
  predicate: '0x',
  makerPermit: '0x',
  preInteraction: '0x',
  postInteraction: '0x',
  customData: '0x',
}

/**
 * An order's salt: 96 random bits above the low 160 bits of the extension's hash, by which the order binds it.
 *
 * @throws RangeError when `random` has more than 96 bits.
 */
export function createSalt(random: bigint, extension: Hex): bigint {
  if (random < 0n || random > LARGEST_RANDOM) throw new RangeError('A salt takes 96 random bits')
  return (random << 160n) | extensionTag(extension)
}

/** Whether the salt binds this extension. */
export function bindsExtension(salt: bigint, extension: Hex): boolean {
  return (salt & SALT_TAG_MASK) === extensionTag(extension)
}

function extensionTag(extension: Hex): bigint {
  return extension === '0x' ? 0n : BigInt(keccak256(extension)) & SALT_TAG_MASK
}
