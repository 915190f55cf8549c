/** When a sent transaction gets into a block: with the same chance in every block from the first one on. */
export interface InclusionTime {
  /** From the quote's block to the first block that the transaction can be in. */
  readonly firstMs: number
  readonly blockTimeMs: number
  /** Chance per block, above 0 and up to 1: about 1 in public, the builders' share of blocks in private. */
  readonly chancePerBlock: number
}

/** Blocks after which the rest counts as certain. */
const BLOCKS = 64

/** The delays and their probabilities, which add up to 1. @throws RangeError for a chance outside of (0, 1]. */
export function delaysOf({
  firstMs,
  blockTimeMs,
  chancePerBlock,
}: InclusionTime): { seconds: number; probability: number }[] {
  if (!(chancePerBlock > 0 && chancePerBlock <= 1))
    throw new RangeError(`A chance is above 0 and up to 1: ${chancePerBlock}`)
  const delays: { seconds: number; probability: number }[] = []
  let left = 1
  for (let block = 0; block < BLOCKS && left > 1e-9; block += 1) {
    const probability = block === BLOCKS - 1 ? left : left * chancePerBlock
    delays.push({ seconds: (firstMs + block * blockTimeMs) / 1000, probability })
    left -= probability
  }
  return delays
}
