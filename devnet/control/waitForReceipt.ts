import type { Hex } from 'viem'
import type { Rpc } from '../anvil/rpc.ts'

const TIMEOUT_MS = 20_000
const POLL_MS = 5

/**
 * Waits until a transaction is mined; throws where it reverted, or after twenty seconds. Receipts appear a moment after
 * the block, and viem asks again only upon the next block, which an idle chain never makes.
 */
export async function waitForReceipt(rpc: Rpc, hash: Hex): Promise<{ blockNumber: Hex; gasUsed: Hex }> {
  const deadline = performance.now() + TIMEOUT_MS
  for (;;) {
    const receipt = await rpc<{ status: Hex; blockNumber: Hex; gasUsed: Hex } | null>(
      'eth_getTransactionReceipt',
      hash,
    )
    if (receipt?.status === '0x1') return receipt
    if (receipt !== null) throw new Error(`transaction ${hash} reverted`)
    if (performance.now() > deadline) throw new Error(`transaction ${hash} was not mined`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
