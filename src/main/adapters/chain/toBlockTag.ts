/** A block number as JSON-RPC wants it, or a tag as it is. */
export function toBlockTag(block: bigint | 'latest' | 'pending'): string {
  return typeof block === 'bigint' ? `0x${block.toString(16)}` : block
}
