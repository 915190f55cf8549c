import { crc32 } from 'node:zlib'
import type { Hex, LocalAccount } from 'viem'

/** What somebody offers: so much of one token for so much of another, to anybody, in parts, until a time. */
interface OfferedOrder {
  readonly chainId: number
  readonly contract: Hex
  readonly give: Hex
  readonly giveUnits: bigint
  readonly receive: Hex
  readonly receiveUnits: bigint
  readonly expiresAtS: number
}

const word = { type: 'uint256' } as const
const address = { type: 'address' } as const
const types = {
  Order: [
    { name: 'salt', ...word },
    { name: 'maker', ...address },
    { name: 'receiver', ...address },
    { name: 'makerAsset', ...address },
    { name: 'takerAsset', ...address },
    { name: 'makingAmount', ...word },
    { name: 'takingAmount', ...word },
    { name: 'makerTraits', ...word },
  ],
} as const

/** A 1inch v4 order as another program would sign it, and the file of it that Minato opens. */
export async function signOrderFile(maker: LocalAccount, offered: OfferedOrder): Promise<string> {
  const { chainId, contract } = offered
  const message = {
    salt: 1n << 160n,
    maker: maker.address,
    receiver: '0x0000000000000000000000000000000000000000' as Hex,
    makerAsset: offered.give,
    takerAsset: offered.receive,
    makingAmount: offered.giveUnits,
    takingAmount: offered.receiveUnits,
    // Many fills are allowed, until the expiry.
    makerTraits: (1n << 254n) | (BigInt(offered.expiresAtS) << 80n),
  }
  const signature = await maker.signTypedData({
    domain: { name: '1inch Aggregation Router', version: '6', chainId, verifyingContract: contract },
    types,
    primaryType: 'Order',
    message,
  })
  const { maker: owner, receiver, makerAsset, takerAsset } = message
  const body = Buffer.concat([
    Buffer.from([1]),
    writeLength(chainId),
    ...[contract, owner, receiver, makerAsset, takerAsset].map(toBytes),
    ...[message.salt, message.makingAmount, message.takingAmount, message.makerTraits].map(writeWord),
    writeLength(0),
    writeLength(toBytes(signature).length),
    toBytes(signature),
  ])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32LE(crc32(body))
  const order = Buffer.concat([body, checksum]).toString('base64url')
  return JSON.stringify({ format: 'minato-limit-order', version: 1, order })
}

function toBytes(hex: Hex): Buffer {
  return Buffer.from(hex.slice(2), 'hex')
}

/** Seven bits a byte, the lowest first. */
function writeLength(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}

/** The length, then the bytes, the lowest first. */
function writeWord(value: bigint): Buffer {
  const digits = value.toString(16)
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').reverse()
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}
