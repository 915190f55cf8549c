import { mulDivUp } from '../../../../shared/money/mulDiv.ts'

export interface FeeCaps {
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/** Nodes take a replacement that offers at least a tenth more of both (geth) or an eighth more (Erigon, older ones). */
const raisePermille = 1_125n

/** What a replacement has to offer per gas: what is usual now, and never less than nodes ask for to drop the former one. */
export function outbidFees(former: FeeCaps, usual: FeeCaps): FeeCaps {
  const raise = (before: bigint, now: bigint) => {
    const least = mulDivUp(before, raisePermille, 1_000n)
    return now > least ? now : least
  }
  // Raising keeps the order: whoever's tip was within his maximum has it so again.
  return {
    maxFeePerGas: raise(former.maxFeePerGas, usual.maxFeePerGas),
    maxPriorityFeePerGas: raise(former.maxPriorityFeePerGas, usual.maxPriorityFeePerGas),
  }
}
