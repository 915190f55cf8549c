import type { SwapContracts } from '../../../../shared/contract/signer.ts'
import type { SigningIntent, SigningPreparation } from '../../../../shared/contract/signing.ts'
import { type Address, type ChainId, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits, gasUnits, wei } from '../../../../shared/money/units.ts'
import { describeParty } from '../decodeIntent.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { undecodable } from '../undecodable.ts'
import { readApproval } from './readApproval.ts'
import { readSwapCall } from './readSwapCall.ts'
import type { PermitReading, SwapReading } from './SwapReading.ts'

const coin: Address = '0x0000000000000000000000000000000000000000'
/** A permit that lasts longer is none for this swap alone. */
const longestPermitSeconds = 24 * 3600
const mostPreparations = 2

export interface Preparation {
  readonly decoded: DecodedTransaction
  readonly unsigned: Uint8Array
}

export interface SwapContext {
  readonly nativeToken: Token
  readonly tokens: readonly Token[]
  readonly contracts: SwapContracts
  readonly account: Address
  readonly ownNameOf: (address: Address) => string | undefined
  readonly nowMs: number
}

export interface DecodedSwap {
  readonly intent: Extract<SigningIntent, { kind: 'swap' }>
  readonly preparations: readonly SigningPreparation[]
  readonly permit: PermitReading | undefined
}

/**
 * Says what a swap with its allowances does, as one thing: at most so much leaves, at least so much comes, and nobody may take
 * more than that. `undefined` where the transaction is no swap.
 *
 * @throws AppError `signing.undecodable`
 */
export function decodeSwap(
  transaction: DecodedTransaction,
  preparations: readonly Preparation[],
  context: SwapContext,
): DecodedSwap | undefined {
  const { chainId } = transaction
  const reading = readSwapCall(transaction, context.contracts, context.account)
  if (!reading) return undefined
  const sell = nameToken(reading.sold, chainId, context)
  const buy = nameToken(reading.bought, chainId, context)
  if (reading.permit) refuseLastingPermit(reading.permit, context.nowMs)
  const maximumSold = reading.maximumSold === 'allowance' ? readGranted(preparations) : reading.maximumSold
  return {
    permit: reading.permit,
    preparations: readPreparations(transaction, preparations, { ...reading, maximumSold }, sell),
    intent: {
      kind: 'swap',
      sell,
      maximumSold: baseUnits(maximumSold),
      buy,
      minimumBought: baseUnits(reading.minimumBought),
      through: { address: transaction.to, name: reading.throughName },
      ...(reading.maker ? { order: { maker: describeParty(reading.maker, context) } } : {}),
      ...(reading.deadline === undefined ? {} : { validUntilMs: toMs(reading.deadline) }),
      ...(reading.permit
        ? {
            permit: {
              spender: reading.permit.spender,
              units: baseUnits(reading.permit.amount),
              expiresAtMs: toMs(BigInt(reading.permit.expiration)),
            },
          }
        : {}),
    },
  }
}

/** Approvals of exactly what is sold, to exactly whom the swap needs, and nothing else. */
function readPreparations(
  swap: DecodedTransaction,
  preparations: readonly Preparation[],
  reading: Omit<SwapReading, 'maximumSold'> & { readonly maximumSold: bigint },
  sell: Token,
): SigningPreparation[] {
  if (preparations.length > mostPreparations) throw undecodable('unknownPreparation')
  const firstNonce = swap.nonce - preparations.length
  return preparations.map(({ decoded, unsigned }, index) => {
    const { to, value, chainId, nonce } = decoded
    const approval = readApproval(decoded.data)
    if (!approval) throw undecodable('unknownPreparation')
    const { spender, amount } = approval
    if (chainId !== swap.chainId || nonce !== firstNonce + index || value !== 0n) {
      throw undecodable('unknownPreparation')
    }
    if (!reading.takenBy || !isSameAddress(spender, reading.takenBy)) throw undecodable('foreignSpender')
    if (!isSameAddress(to, reading.sold)) throw undecodable('unknownPreparation')
    const isReset = preparations.length === 2 && index === 0
    if (amount !== (isReset ? 0n : reading.maximumSold)) throw undecodable('unlimitedAllowance')
    return {
      kind: isReset ? 'resetAllowance' : 'approve',
      token: sell,
      spender: { address: spender, name: reading.throughName },
      units: baseUnits(amount),
      nonce,
      gasLimit: gasUnits(decoded.gasLimit),
      maxFeePerGas: wei(decoded.maxFeePerGas),
      maxPriorityFeePerGas: wei(decoded.maxPriorityFeePerGas),
      rawTransaction: Uint8Array.from(unsigned),
    }
  })
}

/** What the allowance before a call that names no amount is for. The last approval sets it, so nothing older adds to it. */
function readGranted(preparations: readonly Preparation[]): bigint {
  const last = preparations.at(-1)
  if (!last) throw undecodable('unlimitedAllowance')
  const approval = readApproval(last.decoded.data)
  if (!approval) throw undecodable('unknownPreparation')
  if (approval.amount === 0n || approval.amount >= 1n << 255n) throw undecodable('unlimitedAllowance')
  return approval.amount
}

function refuseLastingPermit({ expiration, signatureDeadline }: PermitReading, nowMs: number): void {
  const latest = BigInt(Math.floor(nowMs / 1000) + longestPermitSeconds)
  if (BigInt(expiration) > latest || signatureDeadline > latest) throw undecodable('unlimitedAllowance')
}

function nameToken(address: Address, chainId: ChainId, { nativeToken, tokens }: SwapContext): Token {
  if (address === coin) return nativeToken
  const token = tokens.find(
    ({ ref }) => ref.chainId === chainId && ref.address !== 'native' && isSameAddress(ref.address, address),
  )
  // Without its decimals an amount cannot be shown, and a contract's own word on them proves nothing.
  if (!token) throw undecodable('unknownToken')
  return token
}

/** Times beyond what a date can hold mean "never", and are shown as the latest there is. */
function toMs(seconds: bigint): number {
  const latest = 8_640_000_000_000n
  return Number(seconds < latest ? seconds : latest) * 1000
}
