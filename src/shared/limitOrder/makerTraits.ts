/** What a maker allows and asks for, packed into one word as 1inch Limit Order Protocol v4 reads it. */
export interface MakerTraits {
  /** The last ten bytes of the only address that may fill, as a number; 0n for anybody. */
  readonly allowedSender: bigint
  /** Seconds since 1970; the order still fills in this second and no later. 0 for never. */
  readonly expiresAtS: number
  /** The bit that one fill sets, or the epoch that must be in force. */
  readonly nonceOrEpoch: bigint
  readonly series: bigint
  readonly allowsPartialFills: boolean
  readonly allowsMultipleFills: boolean
  readonly needsPreInteraction: boolean
  readonly needsPostInteraction: boolean
  readonly checksEpoch: boolean
  readonly hasExtension: boolean
  readonly usesPermit2: boolean
  readonly unwrapsWeth: boolean
}

const SENDER_MASK = (1n << 80n) - 1n
const FIELD_MASK = (1n << 40n) - 1n
const EXPIRY_OFFSET = 80n
const NONCE_OFFSET = 120n
const SERIES_OFFSET = 160n

const flags = {
  needsPreInteraction: 252n,
  needsPostInteraction: 251n,
  checksEpoch: 250n,
  hasExtension: 249n,
  usesPermit2: 248n,
  unwrapsWeth: 247n,
} as const
const NO_PARTIAL_FILLS = 1n << 255n
const ALLOW_MULTIPLE_FILLS = 1n << 254n
const flagNames = Object.keys(flags) as (keyof typeof flags)[]
const knownBits = flagNames.reduce(
  (bits, name) => bits | (1n << flags[name]),
  NO_PARTIAL_FILLS | ALLOW_MULTIPLE_FILLS | ((1n << 200n) - 1n),
)

/** @throws RangeError when a field does not fit its bits. */
export function encodeMakerTraits(traits: MakerTraits): bigint {
  const expiry = BigInt(traits.expiresAtS)
  for (const [value, mask] of [
    [traits.allowedSender, SENDER_MASK],
    [expiry, FIELD_MASK],
    [traits.nonceOrEpoch, FIELD_MASK],
    [traits.series, FIELD_MASK],
  ] as const) {
    if (value < 0n || value > mask) throw new RangeError(`Does not fit the maker's traits: ${value}`)
  }
  let bits =
    traits.allowedSender |
    (expiry << EXPIRY_OFFSET) |
    (traits.nonceOrEpoch << NONCE_OFFSET) |
    (traits.series << SERIES_OFFSET)
  if (!traits.allowsPartialFills) bits |= NO_PARTIAL_FILLS
  if (traits.allowsMultipleFills) bits |= ALLOW_MULTIPLE_FILLS
  for (const name of flagNames) if (traits[name]) bits |= 1n << flags[name]
  return bits
}

/** Reads the word; `undefined` where a bit is set that the protocol does not define. */
export function decodeMakerTraits(bits: bigint): MakerTraits | undefined {
  if (bits < 0n || (bits & ~knownBits) !== 0n) return undefined
  const has = (name: keyof typeof flags) => (bits & (1n << flags[name])) !== 0n
  return {
    allowedSender: bits & SENDER_MASK,
    expiresAtS: Number((bits >> EXPIRY_OFFSET) & FIELD_MASK),
    nonceOrEpoch: (bits >> NONCE_OFFSET) & FIELD_MASK,
    series: (bits >> SERIES_OFFSET) & FIELD_MASK,
    allowsPartialFills: (bits & NO_PARTIAL_FILLS) === 0n,
    allowsMultipleFills: (bits & ALLOW_MULTIPLE_FILLS) !== 0n,
    needsPreInteraction: has('needsPreInteraction'),
    needsPostInteraction: has('needsPostInteraction'),
    checksEpoch: has('checksEpoch'),
    hasExtension: has('hasExtension'),
    usesPermit2: has('usesPermit2'),
    unwrapsWeth: has('unwrapsWeth'),
  }
}

/** Whether one fill, of whatever size, uses the order up by setting its maker's bit; else the contract counts what remains. */
export function usesBitInvalidator(traits: MakerTraits): boolean {
  return !traits.allowsPartialFills || !traits.allowsMultipleFills
}

/** The last ten bytes of an address, by which an order names the only one who may fill it. */
export function toAllowedSender(address: `0x${string}`): bigint {
  return BigInt(address) & SENDER_MASK
}
