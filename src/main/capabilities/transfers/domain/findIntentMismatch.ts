import { type Address, isSameAddress, type TokenRef } from '../../../../shared/identity/identity.ts'
import type { Simulation, TransferLog } from './Simulation.ts'

export interface TransferIntent {
  readonly token: TokenRef
  readonly from: Address
  readonly to: Address
  readonly units: bigint
}

export type IntentMismatch = 'senderPaysOther' | 'recipientGetsOther' | 'senderLosesMore' | 'unreadable'

/** Tokens that keep shares instead of balances (stETH) round by a unit or two; only where that is below a billionth. */
const roundingTolerance = (units: bigint) => (units >= 2_000_000_000n ? 2n : 0n)

/**
 * Compares what a transfer did in simulation with what it was meant to do: the sender gives exactly `units` and nothing else, the recipient gets exactly that.
 *
 * Of a token its balances are compared, not its events: those are the token's word, and tokens lie. Coin is traced by the node.
 */
export function findIntentMismatch(
  effects: NonNullable<Simulation['effects']>,
  intent: TransferIntent,
): IntentMismatch | undefined {
  const { token, from, to, units } = intent
  if (token.address === 'native') {
    const coin = effects.transfers.filter((transfer) => transfer.token === 'native')
    if (netOf(coin, from) !== -units) return 'senderPaysOther'
    // Not the recipient's net: a contract may pass on what it received, as exchanges' deposit contracts do.
    const received = coin
      .filter((transfer) => isSameAddress(transfer.from, from) && isSameAddress(transfer.to, to))
      .reduce((sum, transfer) => sum + transfer.units, 0n)
    if (received !== units) return 'recipientGetsOther'
  } else {
    const sender = effects.observed.find(({ holder }) => isSameAddress(holder, from))
    const recipient = effects.observed.find(({ holder }) => isSameAddress(holder, to))
    if (sender?.before === undefined || sender.after === undefined) return 'unreadable'
    if (recipient?.before === undefined || recipient.after === undefined) return 'unreadable'
    const tolerance = roundingTolerance(units)
    if (isFar(sender.before - sender.after, units, tolerance)) return 'senderPaysOther'
    if (isFar(recipient.after - recipient.before, units, tolerance)) return 'recipientGetsOther'
  }
  const others = effects.transfers.filter((transfer) => !isIntended(transfer, token))
  const tokens = new Set(others.map((transfer) => transfer.token.toLowerCase()))
  for (const other of tokens) {
    const ofToken = others.filter((transfer) => transfer.token.toLowerCase() === other)
    if (netOf(ofToken, from) < 0n) return 'senderLosesMore'
  }
  return undefined
}

function isFar(actual: bigint, expected: bigint, tolerance: bigint): boolean {
  const difference = actual > expected ? actual - expected : expected - actual
  return difference > tolerance
}

function isIntended(transfer: TransferLog, token: TokenRef): boolean {
  return transfer.token.toLowerCase() === token.address.toLowerCase()
}

function netOf(transfers: readonly TransferLog[], address: Address): bigint {
  let net = 0n
  for (const transfer of transfers) {
    if (isSameAddress(transfer.from, address)) net -= transfer.units
    if (isSameAddress(transfer.to, address)) net += transfer.units
  }
  return net
}
