import type { Activity } from '../../../../shared/contract/activity.ts'
import type { Token } from '../../../../shared/identity/token.ts'

export interface Moves {
  readonly sent: readonly { readonly token: Token; readonly units: bigint }[]
  readonly received: readonly { readonly token: Token; readonly units: bigint }[]
}

/** What an entry took from the account and brought to it, the fee left aside; nothing unless it is in a block and succeeded. */
export function listMoves(activity: Activity): Moves {
  const { kind, status, token, units, swap, effects } = activity
  if (status !== 'confirmed') return { sent: [], received: [] }
  if (effects) {
    return {
      sent: effects
        .filter(({ delta }) => delta < 0n)
        .map((each) => ({ token: each.token, units: -each.delta })),
      received: effects
        .filter(({ delta }) => delta > 0n)
        .map((each) => ({ token: each.token, units: each.delta })),
    }
  }
  const moved = units > 0n ? [{ token, units }] : []
  switch (kind) {
    case 'send':
    case 'call':
      return { sent: moved, received: [] }
    case 'receive':
      return { sent: [], received: moved }
    case 'swap':
      return swap
        ? {
            sent: [{ token, units: swap.sold ?? units }],
            received: [{ token: swap.buy, units: swap.bought ?? swap.minimum }],
          }
        : { sent: moved, received: [] }
    case 'approve':
    case 'cancel':
    case 'cancelOrder':
    case 'undelegate':
      return { sent: [], received: [] }
  }
}
