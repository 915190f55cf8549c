import { MINE_WHEN_TOLD } from '../anvil/anvilParameters.ts'
import { startAnvil } from '../anvil/startAnvil.ts'
import type { BuilderNode } from './openBuilder.ts'

/** An anvil without seeded contracts; its ten accounts of the well-known phrase hold 10,000 ETH each. */
export interface BareNode extends BuilderNode {
  stop(): Promise<void>
}

/** Starts anvil as the builder needs it, in milliseconds, for tests of what does not depend on contracts. */
export async function startBareNode(): Promise<BareNode> {
  const { port, stop } = await startAnvil(0, [...MINE_WHEN_TOLD])
  return { rpcUrl: `http://127.0.0.1:${port}`, chainId: 31337, stop }
}
