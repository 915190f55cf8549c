import type { ChainStatus } from '../../../shared/contract/chains.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type { ChainDefinition, NodeListener, NodeNetwork } from '../../capabilities/chains/chains.ports.ts'
import { type BlockFollower, startBlockFollower } from './createBlockFollower.ts'
import { createRpcPool, type RpcPool } from './createRpcPool.ts'
import { examineChain } from './examineChain.ts'
import { quantitySchema } from './rpcSchemas.ts'

/** The network for the other adapters, which ask nodes directly. */
export interface RpcNetwork extends NodeNetwork {
  /** @throws AppError `chain.unknown` */
  rpc(chainId: ChainId): RpcPool
  /** @throws AppError `chain.unknown` */
  definition(chainId: ChainId): ChainDefinition
  /** Stops following everything and closes every connection, for good. */
  close(): void
}

export interface NodeNetworkOptions {
  readonly definitions: readonly ChainDefinition[]
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  readonly schedule: (callback: () => void, delayMs: number) => () => void
  readonly timeoutMs?: number
  /** Told of what should not be possible, to log it. */
  onBug(thrown: unknown): void
}

interface Connection {
  readonly definition: ChainDefinition
  rpcUrls: readonly string[]
  pool: RpcPool
  follower: BlockFollower | undefined
  status: ChainStatus
}

/** Connections to the nodes of the given chains, at their default nodes until told otherwise. Nothing is asked before `follow` or a request. */
export function createNodeNetwork(options: NodeNetworkOptions): RpcNetwork {
  const { nowMs, monotonicMs, schedule } = options
  const limits = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }
  const listeners = new Set<NodeListener>()
  const connections = new Map<ChainId, Connection>()
  for (const definition of options.definitions) connect(definition)

  function connect(definition: ChainDefinition): void {
    connections.set(definition.chainId, {
      definition,
      rpcUrls: definition.defaultRpcUrls,
      pool: openPool(definition.chainId, definition.defaultRpcUrls),
      follower: undefined,
      status: { chainId: definition.chainId, health: 'connecting' },
    })
  }

  function openPool(chainId: ChainId, rpcUrls: readonly string[]): RpcPool {
    return createRpcPool({ chainId, rpcUrls, nowMs, ...limits })
  }

  function find(chainId: ChainId): Connection {
    const connection = connections.get(chainId)
    if (!connection) throw new AppError('chain.unknown', { chainId })
    return connection
  }

  function setStatus(connection: Connection, status: ChainStatus): void {
    connection.status = status
    for (const listener of listeners) listener.onStatus(status)
  }

  /** Ends following and gives up every question that is under way; later ones go to the new pool. */
  function hangUp(connection: Connection, pool: RpcPool): void {
    connection.follower?.stop()
    connection.follower = undefined
    connection.pool.close()
    connection.pool = pool
  }

  function follow(connection: Connection): void {
    const { definition, pool } = connection
    connection.follower?.stop()
    setStatus(connection, { chainId: definition.chainId, health: 'connecting' })
    connection.follower = startBlockFollower({
      definition,
      pool,
      nowMs,
      monotonicMs,
      schedule,
      onHead: (head) => {
        for (const listener of listeners) listener.onHead(head)
      },
      onStatus: (status) => setStatus(connection, status),
      onBug: options.onBug,
    })
  }

  return {
    setRpcUrls(chainId, rpcUrls) {
      const connection = find(chainId)
      const wasFollowing = connection.follower !== undefined
      hangUp(connection, openPool(chainId, rpcUrls))
      connection.rpcUrls = rpcUrls
      if (wasFollowing) follow(connection)
    },
    async probe(chainId, rpcUrl) {
      const pool = openPool(chainId, [rpcUrl])
      try {
        await pool.request('eth_blockNumber', [], quantitySchema)
      } finally {
        pool.close()
      }
    },
    async examine(chainId, rpcUrls) {
      const pools = rpcUrls.map((url) => openPool(chainId, [url]))
      try {
        const [facts] = await Promise.all(pools.map(examineChain))
        if (!facts) throw new AppError('chain.invalidRpcUrl', { reason: 'syntax' })
        return facts
      } finally {
        for (const pool of pools) pool.close()
      }
    },
    add: connect,
    remove(chainId) {
      const connection = find(chainId)
      hangUp(connection, openPool(chainId, []))
      connections.delete(chainId)
    },
    follow: (chainId) => follow(find(chainId)),
    unfollow(chainId) {
      const connection = find(chainId)
      hangUp(connection, openPool(chainId, connection.rpcUrls))
    },
    getStatus: (chainId) => find(chainId).status,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    rpc: (chainId) => find(chainId).pool,
    definition: (chainId) => find(chainId).definition,
    close() {
      listeners.clear()
      for (const connection of connections.values()) {
        connection.follower?.stop()
        connection.follower = undefined
        connection.pool.close()
      }
    },
  }
}
