import type { SignedOrderId, SignedOrderRequest } from '../../../shared/contract/signedOrders.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import {
  decodeMakerTraits,
  encodeMakerTraits,
  toAllowedSender,
} from '../../../shared/limitOrder/makerTraits.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import {
  createSalt,
  findFreeNonce,
  hashLimitOrder,
  type LimitOrder,
  openTraits,
  recoverSigner,
  type SignedOrder,
  shareOneBit,
  toTypedData,
  ZERO_ADDRESS,
} from '../orderbook/index.ts'
import { encodeHex } from '../transfers/index.ts'
import type { LimitOrderReader, SignedOrderApprovals, SignedOrderRecord } from './signedOrders.ports.ts'

export interface CreateSignedOrderDeps {
  readonly approvals: Pick<SignedOrderApprovals, 'requestMessage'>
  readonly limitOrders: LimitOrderReader
  readonly nowMs: () => number
  readonly makeId: () => string
  /** 96 random bits. */
  readonly drawSalt: () => bigint
}

interface CreateContext {
  readonly account: Account
  readonly contract: Address
  readonly give: Token
  readonly receive: readonly Token[]
  /** Bits of the account that orders kept here have taken. */
  readonly takenNonces: readonly bigint[]
}

/** As long as a standing rule may last. */
const longestMs = 366 * 86_400_000

/**
 * Signs an order, or several of which one fill ends the others. What can be filled in parts ends with the account's epoch, so that all
 * of it can be cancelled at once; what is filled as a whole takes a bit of its own.
 *
 * @throws AppError `order.invalid`, `amount.*`, `signing.*`, `chain.*`
 */
export async function createSignedOrders(
  deps: CreateSignedOrderDeps,
  request: SignedOrderRequest,
  context: CreateContext,
): Promise<readonly SignedOrderRecord[] | undefined> {
  const { account, contract } = context
  const { chainId } = request
  const orders = await draftOrders(deps, request, context)
  const alternativesId = orders.length > 1 ? deps.makeId() : undefined
  const records: SignedOrderRecord[] = []
  for (const order of orders) {
    const outcome = await deps.approvals.requestMessage({
      kind: 'typedData',
      accountId: account.id,
      chainId,
      typedData: JSON.stringify(toTypedData(order, { chainId, contract }), (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    })
    // Of alternatives all or none: what was signed before the refusal is forgotten, and was shown to nobody.
    if (outcome.status === 'rejected') return undefined
    const hash = hashLimitOrder(order, { chainId, contract })
    const signature = outcome.signature && encodeHex(outcome.signature)
    const signer = signature && (await recoverSigner(hash, signature))
    if (!signature || !signer || !isSameAddress(signer, account.address)) {
      throw new AppError('signing.digestMismatch')
    }
    const signed: SignedOrder = { chainId, contract, order, extension: '0x', signature }
    records.push({
      id: `${chainId}:${hash}` as SignedOrderId,
      hash,
      signed,
      accountId: account.id,
      alternativesId,
      addedAtMs: deps.nowMs(),
      filled: 0n,
      ended: undefined,
      cancelActivityId: undefined,
    })
  }
  return records
}

async function draftOrders(
  deps: CreateSignedOrderDeps,
  request: SignedOrderRequest,
  { account, contract, give, receive, takenNonces }: CreateContext,
): Promise<readonly LimitOrder[]> {
  const { chainId, expiresAtMs } = request
  if (expiresAtMs <= deps.nowMs() || expiresAtMs > deps.nowMs() + longestMs) {
    throw new AppError('order.invalid', { reason: 'expiry' })
  }
  const makingAmount = parsePositive(request.amount, give)
  const isWhole = request.fills === 'whole' || receive.length > 1
  const base = {
    ...openTraits(Math.floor(expiresAtMs / 1000), 0n),
    allowedSender: request.onlyFor === undefined ? 0n : toAllowedSender(request.onlyFor),
  }
  const makerTraits = encodeMakerTraits(
    isWhole
      ? { ...base, allowsPartialFills: false, allowsMultipleFills: false }
      : {
          ...base,
          checksEpoch: true,
          nonceOrEpoch: await deps.limitOrders.readEpoch(chainId, contract, account.address),
        },
  )
  const drafts = receive.map((token, index): LimitOrder => {
    const takerAsset = token.ref.address
    const makerAsset = give.ref.address
    // The contract moves tokens, and the coin is none.
    if (takerAsset === 'native' || makerAsset === 'native')
      throw new AppError('order.invalid', { reason: 'coin' })
    if (isSameAddress(takerAsset, makerAsset)) throw new AppError('order.invalid', { reason: 'sameToken' })
    return {
      salt: createSalt(deps.drawSalt(), '0x'),
      maker: account.address,
      receiver: ZERO_ADDRESS,
      makerAsset,
      takerAsset,
      makingAmount,
      takingAmount: parsePositive(request.receive[index]?.amount ?? '', token),
      makerTraits,
    }
  })
  if (!isWhole) return drafts
  const words = await deps.limitOrders.readBitWords(chainId, contract, account.address)
  const free = findFreeNonce(
    words.map(({ slot, word }) => ({
      slot,
      word: takenNonces
        .filter((nonce) => nonce >> 8n === slot)
        .reduce((bits, nonce) => bits | (1n << (nonce & 0xffn)), word),
    })),
  )
  return shareOneBit(drafts, free)
}

/** The bits that orders take which are filled as a whole. */
export function takenNonceOf({ signed }: SignedOrderRecord): bigint | undefined {
  const traits = decodeMakerTraits(signed.order.makerTraits)
  return traits && !traits.checksEpoch && !traits.allowsMultipleFills ? traits.nonceOrEpoch : undefined
}

function parsePositive(text: string, token: Token): bigint {
  const units = parseUnits(text, token.decimals)
  if (units === 0n) throw new AppError('amount.zero')
  return units
}
