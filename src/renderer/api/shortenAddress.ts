/** An address short enough for a sentence; the full one stands beside it wherever something is decided. */
export function shortenAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`
}
