import { BlockBuilder } from './BlockBuilder.ts'
import { connectNode } from './connectNode.ts'
import { createRpcHandler } from './createRpcHandler.ts'
import type { RpcMethods } from './RpcMethods.ts'
import { serveRpc } from './serveRpc.ts'

/** What a builder needs of a node: it must mine only when asked, in the order of arrival (`--no-mining --order fifo`). */
export interface BuilderNode {
  readonly rpcUrl: string
  readonly chainId: number
}

export interface BuilderOptions {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number
  /** Time between blocks; 0 makes blocks on `minato_mine` only. */
  readonly blockTimeMs?: number
  /** Time between blocks when there is nothing to put into them; as `blockTimeMs` by default, Infinity leaves them out. */
  readonly idleBlockTimeMs?: number
  /** How long the node may take to answer, before clients get an error. */
  readonly nodeTimeoutMs?: number
}

/** A running block builder; `rpcUrl` and `wsUrl` are what a wallet connects to instead of the node. */
export interface RunningBuilder {
  readonly rpcUrl: string
  readonly wsUrl: string
  stop(): Promise<void>
}

/** Puts a block builder with public and private order flow in front of a node, with `methods` beside its own. */
export async function openBuilder(
  node: BuilderNode,
  options: BuilderOptions = {},
  createMethods: (builder: BlockBuilder) => RpcMethods = () => ({}),
): Promise<RunningBuilder> {
  const { port = 0, blockTimeMs = 2000, idleBlockTimeMs = blockTimeMs, nodeTimeoutMs } = options
  const builder = new BlockBuilder(connectNode(node.rpcUrl, nodeTimeoutMs), node.chainId)
  const served = await serveRpc({ builder, handler: createRpcHandler(builder, createMethods(builder)), port })
  const stopMining = blockTimeMs > 0 ? mineRegularly(builder, blockTimeMs, idleBlockTimeMs) : async () => {}
  return {
    rpcUrl: served.rpcUrl,
    wsUrl: served.wsUrl,
    async stop() {
      await stopMining()
      await served.stop()
    },
  }
}

function mineRegularly(builder: BlockBuilder, blockTimeMs: number, idleBlockTimeMs: number) {
  let stopped = false
  let failing = false
  let timer: NodeJS.Timeout
  let current = Promise.resolve()
  // Counted in intervals, so that a timer that is a moment early makes no difference.
  const idleIntervals = idleBlockTimeMs / blockTimeMs
  let intervals = 0

  const mineNext = async () => {
    try {
      intervals += 1
      if (intervals >= idleIntervals || (await builder.hasWork())) {
        await builder.mine()
        intervals = 0
      }
      failing = false
    } catch (error) {
      // The node may come back; until then clients get its failure as an answer to each request.
      if (!failing) console.error('block builder: no block could be made:', error)
      failing = true
    }
  }
  const schedule = (delayMs: number) => {
    timer = setTimeout(() => {
      const startedAtMs = performance.now()
      current = mineNext().then(() => {
        if (!stopped) schedule(Math.max(0, blockTimeMs - (performance.now() - startedAtMs)))
      })
    }, delayMs)
  }
  schedule(blockTimeMs)
  return async () => {
    stopped = true
    clearTimeout(timer)
    await current
  }
}
