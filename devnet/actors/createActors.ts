import { ACTOR_NAMES, type Actor, type ActorDependencies, type ActorName } from './Actor.ts'
import { createArbitrageur } from './arbitrageur.ts'
import { createFeedMover } from './feedMover.ts'
import { createSandwichAttacker } from './sandwichAttacker.ts'
import { createTraders } from './traders.ts'

/** The actors of one devnet, to be switched on and off by name. */
export interface Actors {
  readonly arbitrageur: ReturnType<typeof createArbitrageur>
  readonly traders: ReturnType<typeof createTraders>
  readonly attacker: ReturnType<typeof createSandwichAttacker>
  readonly feeds: ReturnType<typeof createFeedMover>
  start(name: ActorName): Promise<void>
  stop(name: ActorName): Promise<void>
  running(): ActorName[]
  stopAll(): Promise<void>
}

/** Makes every actor, all of them off. */
export function createActors(dependencies: ActorDependencies): Actors {
  const actors = {
    arbitrageur: createArbitrageur(),
    traders: createTraders(),
    attacker: createSandwichAttacker(),
    feeds: createFeedMover(),
  } satisfies Record<ActorName, Actor>
  const running = new Set<ActorName>()

  const stop = async (name: ActorName) => {
    await actors[name].stop()
    running.delete(name)
  }
  return {
    ...actors,
    async start(name) {
      await actors[name].start(dependencies)
      running.add(name)
    },
    stop,
    running: () => ACTOR_NAMES.filter((name) => running.has(name)),
    async stopAll() {
      await Promise.all(ACTOR_NAMES.map(stop))
    },
  }
}
