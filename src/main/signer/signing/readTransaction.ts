import { bytesToHex } from 'viem/utils'
import type { Danger } from '../../../shared/contract/readings.ts'
import type { SwapContracts } from '../../../shared/contract/signer.ts'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { type ClearContext, findToken, nameAddress } from './clear/ClearContext.ts'
import { findLookalike, listReadingDangers } from './clear/findDangers.ts'
import { isWhole, readCall } from './clear/readCall.ts'
import { decodeIntent, describeParty } from './decodeIntent.ts'
import type { DecodedTransaction } from './transactionType.ts'
import { undecodable } from './undecodable.ts'

export interface TransactionReading {
  readonly intent: SigningIntent
  readonly dangers: readonly Danger[]
}

interface ReadingOptions {
  readonly account: Address
  readonly nativeToken: Token
  /** Contracts of the chain whose calls are read strictly. */
  readonly contracts: SwapContracts | undefined
  /** Whether what nobody understands may be shown as its bytes instead of being refused. */
  readonly allowUnknown: boolean
}

/**
 * What a transaction that is no swap does: a transfer, or a call that a descriptor explains.
 *
 * @throws AppError `signing.undecodable`
 */
export function readTransaction(
  transaction: DecodedTransaction,
  context: ClearContext,
  options: ReadingOptions,
): TransactionReading {
  let refusal: AppError
  try {
    const intent = decodeIntent(transaction, {
      nativeToken: options.nativeToken,
      tokens: context.tokens,
      ownNameOf: context.ownNameOf,
      contracts: options.contracts,
    })
    const isTransfer = intent.kind === 'nativeTransfer' || intent.kind === 'tokenTransfer'
    return {
      intent,
      dangers: isTransfer ? findLookalike(intent.to.address, transaction.chainId, context) : [],
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    refusal = thrown
  }
  return readContractCall(transaction, context, options, refusal)
}

/** @param refusal why it is no transfer: thrown where it is nothing else either. */
export function readContractCall(
  { chainId, to, value, data }: DecodedTransaction,
  context: ClearContext,
  { account, allowUnknown }: ReadingOptions,
  refusal: AppError,
): TransactionReading {
  const hex = bytesToHex(data)
  const reading = readCall({ chainId, from: account, to, value, data: hex }, context)
  // A token would swallow the coin, or fail.
  const isMisplaced = value > 0n && findToken(context, chainId, to) !== undefined
  const isClear = reading !== undefined && isWhole(reading) && !isMisplaced
  if (!isClear && !allowUnknown) throw isMisplaced ? undecodable('valueWithCall') : refusal
  const dangers: Danger[] = reading
    ? listReadingDangers(reading, chainId, context)
    : [{ kind: 'unknownData' }]
  return {
    intent: {
      kind: 'call',
      to: describeParty(to, context),
      contractName: nameAddress(context, chainId, to)?.name ?? '',
      value: baseUnits(value),
      data: hex,
      ...(reading ? { reading } : {}),
    },
    dangers: isSameAddress(to, account) ? [{ kind: 'callsItself', address: to }, ...dangers] : dangers,
  }
}
