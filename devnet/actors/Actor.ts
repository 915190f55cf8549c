import type { AccountRole } from '../accounts.ts'
import type { LocalChainManifest } from '../manifest.ts'
import { connectMarket, type Head, type Market, type PendingTransaction } from './connectMarket.ts'

/** The market actors by the names under which they are switched on. */
export const ACTOR_NAMES = ['arbitrageur', 'traders', 'attacker', 'feeds'] as const
export type ActorName = (typeof ACTOR_NAMES)[number]

/** What every actor is given: the block builder's endpoint, as to any stranger, and the chain's manifest. */
export interface ActorDependencies {
  readonly rpcUrl: string
  readonly wsUrl: string
  readonly manifest: LocalChainManifest
  /** The same seed on the same chain gives the same actions. */
  readonly seed: number
}

/** A participant of the market that can be switched on and off at any time. It acts on blocks, never on timers. */
export interface Actor<Report = unknown> {
  /** Connects, sends the approvals it needs, and acts from the next block on. */
  start(dependencies: ActorDependencies): Promise<void>
  /** Ends what is under way, then disconnects; may be started again. */
  stop(): Promise<void>
  /** Resolves when everything that has reached the actor so far is dealt with. */
  settled(): Promise<void>
  report(): Report
}

/** What an actor does with what it sees; calls never overlap. */
export interface ActorBehaviour {
  onBlock(head: Head): Promise<void>
  onPending?(transaction: PendingTransaction): Promise<void>
}

/** Makes an actor of a behaviour: connection, one task at a time, blocks that pile up taken together, a clean stop. */
export function createActor<Report>(
  name: ActorName,
  role: AccountRole,
  open: (market: Market, dependencies: ActorDependencies) => Promise<ActorBehaviour>,
  report: () => Report,
): Actor<Report> {
  let market: Market | undefined
  let tasks = Promise.resolve()
  let newestHead: Head | undefined

  const enqueue = (task: () => Promise<void>) => {
    tasks = tasks.then(task).catch((error: unknown) => {
      // One failed action, say a transaction that was overtaken, must not end the actor.
      if (market !== undefined) console.error(`${name}: ${error instanceof Error ? error.message : error}`)
    })
  }

  return {
    async start(dependencies) {
      if (market !== undefined) return
      const connected = await connectMarket(dependencies, role)
      market = connected
      try {
        const behaviour = await open(connected, dependencies)
        await connected.watchBlocks((head) => {
          const waiting = newestHead !== undefined
          newestHead = head
          if (waiting) return
          enqueue(async () => {
            const newest = newestHead ?? head
            newestHead = undefined
            if (market === connected) await behaviour.onBlock(newest)
          })
        })
        const { onPending } = behaviour
        if (onPending !== undefined) {
          await connected.watchPending((transaction) =>
            enqueue(async () => {
              if (market === connected) await onPending(transaction)
            }),
          )
        }
      } catch (error) {
        market = undefined
        connected.close()
        throw error
      }
    },
    async stop() {
      const connected = market
      market = undefined
      await tasks
      newestHead = undefined
      connected?.close()
    },
    settled: () => tasks,
    report,
  }
}
