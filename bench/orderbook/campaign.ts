import process from 'node:process'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import type { EngineCommand } from '../../src/main/capabilities/orderbook/domain/engine/commands.ts'
import type { EngineEvent } from '../../src/main/capabilities/orderbook/domain/engine/events.ts'
import { OrderEngine } from '../../src/main/capabilities/orderbook/domain/engine/OrderEngine.ts'
import { createHistory } from './createHistory.ts'
import { createRace } from './createRace.ts'
import { createRandom } from './createWorkload.ts'
import { Ledger } from './Ledger.ts'
import { ReferenceBook } from './ReferenceBook.ts'

/**
 * Random histories until something is wrong: half of them against the reference book event by event, half of them with
 * all commands against the ledger; and races between the legs of a group.
 *
 * `node bench/orderbook/campaign.ts --histories 1000000 --races 100000 --seed 1`
 */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '10000' },
    races: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})
const histories = Number(values.histories)
const races = Number(values.races)
const firstSeed = Number(values.seed)
const counts: Record<string, number> = { histories: 0, commands: 0, events: 0, executions: 0, races: 0 }
const startedAt = performance.now()

for (let at = 0; at < histories; at += 1) {
  const random = createRandom(firstSeed + at)
  const bookOnly = at % 2 === 0
  const length = 10 + Math.floor(random() * 40)
  const history = createHistory((below) => Math.floor(random() * below), { length, bookOnly })
  await attempt(`history ${firstSeed + at}`, () => runHistory(history, bookOnly))
  count('histories', 1)
  if (at > 0 && at % 50_000 === 0) console.log(at, seconds(), counts)
}
let filledRaces = 0
for (let at = 0; at < races; at += 1) {
  const random = createRandom(firstSeed + at)
  const race = createRace((below) => Math.floor(random() * below))
  await attempt(`race ${firstSeed + at}`, () => {
    const filled = new Set<string>()
    const engine = new OrderEngine()
    const ledger = new Ledger()
    for (const command of race) {
      const events = execute(engine, ledger, command)
      for (const event of events) {
        if (event.kind === 'filled') for (const id of [event.maker, event.taker]) filled.add(id)
        if (event.kind === 'filledOutside') filled.add(event.id)
      }
    }
    ledger.check(engine)
    const legs = [...filled].filter((id) => id.startsWith('leg'))
    if (legs.length > 1) throw new Error(`Both legs were filled: ${legs.join(', ')}`)
    filledRaces += legs.length
  })
  count('races', 1)
}
console.log(`${seconds()}: no invariant violated`, { ...counts, racesWithAFill: filledRaces })

function runHistory(history: readonly EngineCommand[], bookOnly: boolean): void {
  const engine = new OrderEngine()
  const ledger = new Ledger()
  const reference = bookOnly ? new ReferenceBook() : undefined
  for (const command of history) {
    const events = execute(engine, ledger, command)
    if (reference !== undefined && !isDeepStrictEqual(events, reference.execute(command))) {
      throw new Error('The reference says otherwise')
    }
  }
  ledger.check(engine)
}

function execute(engine: OrderEngine, ledger: Ledger, command: EngineCommand): readonly EngineEvent[] {
  const events = engine.execute(command)
  ledger.record(command, events)
  count('commands', 1)
  count('events', events.length)
  count('executions', events.filter((event) => event.kind.startsWith('filled')).length)
  return events
}

async function attempt(name: string, work: () => void): Promise<void> {
  try {
    work()
  } catch (error) {
    console.error(`${name} fails:`, error)
    process.exit(1)
  }
}

function count(name: string, by: number): void {
  counts[name] = (counts[name] ?? 0) + by
}

function seconds(): string {
  return `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`
}
