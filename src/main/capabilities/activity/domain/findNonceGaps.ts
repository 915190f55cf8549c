/**
 * Transaction numbers that no transaction uses although later ones wait for them.
 *
 * @param latestNonce how many transactions of the account are in blocks: the first number that is free.
 * @param open numbers of own transactions that are signed or pending.
 */
export function findNonceGaps(
  latestNonce: number,
  open: readonly number[],
): { readonly nonce: number; readonly waiting: number }[] {
  const waiting = [...new Set(open)].filter((nonce) => nonce >= latestNonce).sort((a, b) => a - b)
  const gaps: { nonce: number; waiting: number }[] = []
  let expected = latestNonce
  for (const [index, nonce] of waiting.entries()) {
    for (; expected < nonce; expected += 1) gaps.push({ nonce: expected, waiting: waiting.length - index })
    expected = nonce + 1
  }
  return gaps
}
