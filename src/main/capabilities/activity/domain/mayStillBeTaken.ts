/**
 * Whether a node that refuses a transaction may take it later: its pool is full, it holds another one with that nonce, or the base fee is too high now.
 *
 * Anything else (no funds, malformed, too little gas) the same bytes will not outgrow soon.
 */
export function mayStillBeTaken(reason: string): boolean {
  return /underpriced|pool is full|txpool|queue|base ?fee|fee too low|fee cap less/i.test(reason)
}
