import { bytesToHex, decodeFunctionData, encodeFunctionData, getAddress, parseAbi } from 'viem/utils'
import type { SigningIntent } from '../../../../shared/contract/signing.ts'
import type { Address, Hash } from '../../../../shared/identity/identity.ts'
import { limitOrderSignatures } from '../../../../shared/limitOrder/limitOrderSignatures.ts'
import { decodeMakerTraits } from '../../../../shared/limitOrder/makerTraits.ts'
import type { SwapReading } from '../swap/SwapReading.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { undecodable } from '../undecodable.ts'

const abi = parseAbi(limitOrderSignatures)
const protocolName = '1inch'
/** Of the taker's word: the least that must come, and above it how long the extension among the arguments is. Flags begin at 247. */
const thresholdMask = (1n << 185n) - 1n
const extensionOffset = 224n
const extensionMask = (1n << 24n) - 1n

interface SignedOrderWords {
  readonly maker: bigint
  readonly makerAsset: bigint
  readonly takerAsset: bigint
  readonly makerTraits: bigint
}

/**
 * A fill of somebody's signed order: at most so much is paid, never at a worse rate than the threshold says, and it comes to the
 * account itself. The contract enforces all of that whatever the order's extension does. `undefined` for a cancellation.
 *
 * @throws AppError `signing.undecodable`
 */
export function readOrderFill(transaction: DecodedTransaction, contract: Address): SwapReading | undefined {
  const { functionName, args } = decode(transaction)
  if (!functionName.startsWith('fill')) return undefined
  const isByContract = functionName.startsWith('fillContractOrder')
  const [order] = args as readonly [SignedOrderWords]
  const [amount, takerTraits, extension = '0x'] = args.slice(isByContract ? 2 : 3) as [
    bigint,
    bigint,
    string?,
  ]
  const minimumBought = takerTraits & thresholdMask
  const extensionLength = (takerTraits >> extensionOffset) & extensionMask
  // No other recipient, no interaction, no coin, no amount counted from the other side: nothing but the threshold and the extension.
  const isPlain = takerTraits === (minimumBought | (extensionLength << extensionOffset))
  if (!isPlain || BigInt(extension.length / 2 - 1) !== extensionLength) throw undecodable('unknownCommand')
  if (minimumBought === 0n || amount === 0n) throw undecodable('noMinimum')
  const traits = decodeMakerTraits(order.makerTraits)
  if (!traits) throw undecodable('unknownOrder')
  return {
    sold: toAddress(order.takerAsset),
    maximumSold: amount,
    bought: toAddress(order.makerAsset),
    minimumBought,
    deadline: traits.expiresAtS === 0 ? undefined : BigInt(traits.expiresAtS),
    permit: undefined,
    takenBy: contract,
    throughName: protocolName,
    maker: toAddress(order.maker),
  }
}

/** What ends signed orders of the account; `undefined` for any other call. @throws AppError `signing.undecodable` */
export function readOrderCancellation(
  transaction: DecodedTransaction,
  contract: Address,
): Extract<SigningIntent, { kind: 'cancelOrders' }> | undefined {
  const { functionName, args } = decode(transaction)
  const intent = { kind: 'cancelOrders', contract: { address: contract, name: protocolName } } as const
  switch (functionName) {
    case 'cancelOrder':
      return { ...intent, orderHashes: [args[1] as Hash] }
    case 'cancelOrders': {
      const hashes = args[1] as readonly Hash[]
      if (hashes.length === 0) throw undecodable('unknownCall')
      return { ...intent, orderHashes: [...hashes] }
    }
    case 'increaseEpoch':
      // The other series belong to whoever numbers his orders otherwise.
      if (args[0] !== 0n) throw undecodable('unknownCall')
      return intent
    default:
      return undefined
  }
}

/** One meaning, one encoding. */
function decode({ data, value }: DecodedTransaction): {
  functionName: string
  args: readonly unknown[]
} {
  if (value !== 0n) throw undecodable('valueWithCall')
  const encoded = bytesToHex(data)
  try {
    const { functionName, args } = decodeFunctionData({ abi, data: encoded })
    if (encodeFunctionData({ abi, functionName, args } as never) === encoded) {
      return { functionName, args: args as readonly unknown[] }
    }
  } catch {
    // Told below.
  }
  throw undecodable('unknownCall')
}

/** The contract ignores what stands above an address in its word; what it ignores is not signed here. */
function toAddress(word: bigint): Address {
  if (word >= 1n << 160n) throw undecodable('notCanonical')
  return getAddress(`0x${word.toString(16).padStart(40, '0')}`)
}
