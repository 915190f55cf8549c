/**
 * The nonce of the next transaction: the first that neither a block, nor the node's pool, nor an own unfinished transaction has taken.
 *
 * Own ones count because a node may have forgotten its pool; the pool counts because the key may be in use elsewhere too.
 */
export function chooseNonce(latestNonce: number, pendingNonce: number, ownOpen: readonly number[]): number {
  const taken = new Set(ownOpen)
  // Not beyond what own transactions explain plus a few of another wallet's: a node that tells a far too high nonce would strand the transaction.
  const believable = latestNonce + taken.size + 64
  let nonce = Math.max(latestNonce, Math.min(pendingNonce, believable))
  while (taken.has(nonce)) nonce += 1
  return nonce
}
