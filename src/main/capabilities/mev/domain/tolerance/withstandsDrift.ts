import type { CostPerGas, Pool } from '../../../router/index.ts'
import { AttackModel } from '../sandwich/AttackModel.ts'
import { type ExposedLeg, type ExposedTrade, legsOf } from '../sandwich/ExposedTrade.ts'
import { findBestAttack } from '../sandwich/findBestAttack.ts'
import { replacePools } from '../sandwich/scaleTrade.ts'
import { movePool } from './movePool.ts'

// Liquidity lies in steps: a move of a part may end where it is thin, a larger one beyond.
const PARTS = [1, 0.6, 0.3, -0.3, -0.6, -1]

/**
 * Whether a limit still leaves an attacker nothing after prices have drifted until the trade's turn comes: its pools together, those
 * at either end, and each alone, up to a move in both directions. Thin liquidity just beyond the present price makes a trade
 * attackable that was not when it was quoted.
 */
export function withstandsDrift(
  trade: ExposedTrade,
  limit: bigint,
  costPerGas: CostPerGas | undefined,
  logMove: number,
): boolean {
  const legs = legsOf(trade).filter(({ pool }) => !pool.parity)
  const groups = distinct([
    legs,
    legs.filter(({ tokenIn }) => tokenIn === trade.tokenIn),
    legs.filter(({ tokenOut }) => tokenOut === trade.tokenOut),
    ...legs.map((leg) => [leg]),
  ])
  return PARTS.every((part) => {
    const moved = new Map<Pool, Pool | undefined>()
    const moveOf = ({ pool, tokenIn, tokenOut }: ExposedLeg): Pool => {
      if (!moved.has(pool)) {
        const [from, to] = [pool.tokens.indexOf(tokenIn), pool.tokens.indexOf(tokenOut)]
        moved.set(pool, movePool(pool, from, to, logMove * part))
      }
      return moved.get(pool) ?? pool
    }
    return groups.every((group) => {
      const then = replacePools(trade, (leg) => (group.includes(leg) ? moveOf(leg) : leg.pool))
      if (then === undefined) return true
      const best = findBestAttack(new AttackModel(then, costPerGas), limit)
      return best === undefined || best.profit <= 0n
    })
  })
}

function distinct(groups: readonly (readonly ExposedLeg[])[]): (readonly ExposedLeg[])[] {
  return groups.filter(
    (group, at) =>
      group.length > 0 &&
      groups.findIndex(
        (other) => other.length === group.length && other.every((leg, i) => leg === group[i]),
      ) === at,
  )
}
