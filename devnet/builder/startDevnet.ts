import { z } from 'zod'
import { ACTOR_NAMES, type ActorName } from '../actors/Actor.ts'
import { type Actors, createActors } from '../actors/createActors.ts'
import type { LocalChainManifest } from '../manifest.ts'
import { type LocalChain, startChain } from '../startChain.ts'
import { parseParams } from './parseParams.ts'
import type { RpcMethods } from './RpcMethods.ts'
import { startBuilder } from './startBuilder.ts'

export interface StartDevnetOptions {
  /** Port of the block builder on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number
  /** 2000 by default; 0 makes blocks on `minato_mine` only. */
  readonly blockTimeMs?: number
  /** Between blocks with nothing in them; as `blockTimeMs` by default. */
  readonly idleBlockTimeMs?: number
  /** The actors that are on from the start; none by default. */
  readonly actors?: readonly ActorName[]
  /** What the actors' choices derive from. */
  readonly seed?: number
  readonly cacheDirectory?: string
  /** Goes on from this state where it can, and leaves the new one there when it is stopped. */
  readonly savedStateFile?: string
}

/** A seeded chain behind a block builder, with market actors. */
export interface Devnet {
  /** The builder's endpoint: what a wallet connects to. */
  readonly rpcUrl: string
  readonly wsUrl: string
  readonly manifest: LocalChainManifest
  readonly actors: Actors
  /** The node behind the builder, for a test's privileges such as setting balances. */
  readonly chain: LocalChain
  stop(): Promise<void>
}

/** Starts everything; what was started is ended again if a later part fails. */
export async function startDevnet(options: StartDevnetOptions = {}): Promise<Devnet> {
  const { port = 0, blockTimeMs = 2000, seed = 1, cacheDirectory, savedStateFile } = options
  const { idleBlockTimeMs = blockTimeMs } = options
  const chain = await startChain({
    mining: 'builder',
    ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
    ...(savedStateFile === undefined ? {} : { savedStateFile }),
  })
  const ends: (() => Promise<void>)[] = [chain.stop]
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    let actors: Actors | undefined
    const methods = createActorMethods(() => actors)
    const builder = await startBuilder({ chain, port, blockTimeMs, idleBlockTimeMs, methods })
    ends.push(builder.stop)
    const { rpcUrl, wsUrl } = builder
    const manifest: LocalChainManifest = {
      ...chain.manifest,
      rpcUrls: [rpcUrl],
      faucetMethod: 'minato_fund',
      ...(blockTimeMs > 0 ? { blockTimeSeconds: blockTimeMs / 1000 } : {}),
    }
    actors = createActors({ rpcUrl, wsUrl, manifest, seed })
    ends.push(actors.stopAll)
    for (const name of options.actors ?? []) await actors.start(name)
    return { rpcUrl, wsUrl, manifest, actors, chain, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const nameParams = z.tuple([z.enum(ACTOR_NAMES)])

/** `minato_actors`, `minato_startActor [name]`, `minato_stopActor [name]`: to switch actors in a running devnet. */
function createActorMethods(readActors: () => Actors | undefined): RpcMethods {
  const requireActors = () => {
    const actors = readActors()
    if (actors === undefined) throw new Error('the actors are not made yet')
    return actors
  }
  const listActors = () => {
    const actors = requireActors()
    const running = new Set(actors.running())
    return ACTOR_NAMES.map((name) => ({
      name,
      running: running.has(name),
      report: toJson(actors[name].report()),
    }))
  }
  return {
    minato_actors: async () => listActors(),
    minato_startActor: async (params) => {
      await requireActors().start(parseParams(nameParams, params)[0])
      return listActors()
    },
    minato_stopActor: async (params) => {
      await requireActors().stop(parseParams(nameParams, params)[0])
      return listActors()
    },
  }
}

/** Amounts as decimal strings, since JSON has no integers of their size. */
function toJson(report: unknown): unknown {
  return JSON.parse(
    JSON.stringify(report, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  )
}
