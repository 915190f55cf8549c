import { bytesToHex, decodeFunctionData, encodeFunctionData, parseAbi } from 'viem/utils'
import type { SigningIntent } from '../../../../shared/contract/signing.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { mostPayments, multiSendSignatures } from '../../../../shared/multiSend/multiSendAbi.ts'
import { describeParty } from '../decodeIntent.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { undecodable } from '../undecodable.ts'

type MultiSend = Extract<SigningIntent, { kind: 'multiSend' }>

export interface MultiSendContext {
  /** Where the chain has it. */
  readonly multicall3: Address | undefined
  readonly nativeToken: Token
  readonly ownNameOf: (address: Address) => string | undefined
}

const abi = parseAbi(multiSendSignatures)
const selector = '0x174dea71'

/**
 * Payments of the coin to several recipients in one transaction. `undefined` for anything else.
 *
 * Everything that Multicall3 can do besides is refused: calling code with it, and going on after a payment failed.
 *
 * @throws AppError `signing.undecodable`
 */
export function decodeMultiSend(
  { to, value, data }: DecodedTransaction,
  { multicall3, nativeToken, ownNameOf }: MultiSendContext,
): MultiSend | undefined {
  const encoded = bytesToHex(data)
  if (!multicall3 || !isSameAddress(to, multicall3) || !encoded.startsWith(selector)) return undefined
  const calls = readCalls(encoded)
  if (calls.length === 0 || calls.length > mostPayments) throw undecodable('malformed')
  for (const [index, call] of calls.entries()) {
    const isPayment = call.callData === '0x' && !call.allowFailure && call.value > 0n
    // Coin that stays in Multicall3 belongs to whoever comes next.
    if (!isPayment || isSameAddress(call.target, multicall3)) throw undecodable('unknownCall')
    if (calls.slice(0, index).some(({ target }) => isSameAddress(target, call.target))) {
      throw undecodable('malformed')
    }
  }
  if (calls.reduce((sum, call) => sum + call.value, 0n) !== value) throw undecodable('valueWithCall')
  return {
    kind: 'multiSend',
    token: nativeToken,
    units: baseUnits(value),
    through: { address: multicall3, name: 'Multicall3' },
    payments: calls.map(({ target, value: units }) => ({
      to: describeParty(target, { ownNameOf }),
      units: baseUnits(units),
    })),
  }
}

/** @throws AppError `signing.undecodable` where the arguments are not written in the one canonical way. */
function readCalls(encoded: `0x${string}`) {
  try {
    const { args } = decodeFunctionData({ abi, data: encoded })
    if (encodeFunctionData({ abi, args }) === encoded) return args[0]
  } catch {
    // Told below.
  }
  throw undecodable('notCanonical')
}
