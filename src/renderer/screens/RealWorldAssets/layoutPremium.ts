/** Where a premium stands between 10% below and 10% above, from 0 to 1; what is further out stands at the end. */
export function layoutPremium(premiumBps: number): number {
  const reach = 1_000
  return (Math.max(-reach, Math.min(reach, premiumBps)) + reach) / (2 * reach)
}
