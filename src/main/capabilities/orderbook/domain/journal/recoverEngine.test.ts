import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHistory } from '../../../../../../bench/orderbook/createHistory.ts'
import { createRandom } from '../../../../../../bench/orderbook/createWorkload.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { encodeState } from '../engine/encodeState.ts'
import type { EngineEvent } from '../engine/events.ts'
import { OrderEngine } from '../engine/OrderEngine.ts'
import { createJournal, JournalWriter } from './JournalWriter.ts'
import { RECORD_OVERHEAD } from './journalFormat.ts'
import { recoverEngine } from './recoverEngine.ts'

const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 })
const lengths = fc.integer({ min: 1, max: 60 })

/** A journal of a random history, with the state and the events after each of its steps. */
function writeJournal(seed: number, length: number, marksEvery = 0) {
  const random = createRandom(seed)
  const commands = createHistory((below) => Math.floor(random() * below), { length, bookOnly: false })
  const engine = new OrderEngine()
  const journal = createJournal(encodeState(engine.state), 0)
  const writer = new JournalWriter(journal.position)
  const parts: Uint8Array[] = [journal.bytes]
  const events: EngineEvent[] = []
  const steps = [{ end: journal.bytes.length, state: encodeState(engine.state), eventCount: 0 }]
  let lastMark = 0
  for (const [index, command] of commands.entries()) {
    if (marksEvery > 0 && index % marksEvery === 0) {
      lastMark = writer.position.length
      parts.push(writer.marker(lastMark))
    }
    const happened = engine.execute(command)
    events.push(...happened)
    parts.push(writer.step(command, happened))
    steps.push({
      end: writer.position.length,
      state: encodeState(engine.state),
      eventCount: events.length,
    })
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)), steps, events, writer, commands, lastMark }
}

describe('recoverEngine', () => {
  it('gives the state after the last whole record, wherever the journal was cut, with each event once', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.nat(), (seed, length, cut) => {
        const { bytes, steps, events } = writeJournal(seed, length)
        const first = steps[0]?.end ?? 0
        const end = first + (cut % (bytes.length - first + 1))
        const whole = steps.filter((step) => step.end <= end).at(-1)
        const recovery = recoverEngine(bytes.slice(0, end))
        expect(recovery.position.length).toBe(whole?.end)
        expect(encodeState(recovery.engine.state)).toEqual(whole?.state)
        expect(recovery.unacknowledged).toEqual(events.slice(0, whole?.eventCount))
      }),
      { seed: 7, numRuns: runs(120) },
    )
  }, 60_000)

  it('goes on after a cut as if nothing had happened', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.nat(), (seed, length, cut) => {
        const { bytes, steps, events, commands } = writeJournal(seed, length)
        const first = steps[0]?.end ?? 0
        const torn = bytes.subarray(0, first + (cut % (bytes.length - first + 1)))
        const { engine, position, eventCount } = recoverEngine(torn)
        const done = steps.findIndex((step) => step.end === position.length)
        const writer = new JournalWriter(position)
        const parts: Uint8Array[] = [torn.subarray(0, position.length)]
        const again = [...events.slice(0, eventCount)]
        for (const command of commands.slice(done)) {
          const happened = engine.execute(command)
          again.push(...happened)
          parts.push(writer.step(command, happened))
        }
        expect(again).toEqual(events)
        expect(new Uint8Array(Buffer.concat(parts))).toEqual(bytes)
      }),
      { seed: 7, numRuns: runs(80) },
    )
  }, 60_000)

  it('hands over again exactly the events that nobody acknowledged', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.nat(), (seed, length, draw) => {
        const { bytes, events, writer } = writeJournal(seed, length)
        const count = draw % (events.length + 1)
        const recovery = recoverEngine(new Uint8Array(Buffer.concat([bytes, writer.acknowledged(count)])))
        expect(recovery.unacknowledged).toEqual(events.slice(count))
        expect(recovery.eventCount).toBe(events.length)
      }),
      { seed: 7, numRuns: runs(50) },
    )
  })

  it('refuses any change of what was known to be on the disk, and never takes a changed record', () => {
    fc.assert(
      fc.property(seeds, fc.nat(), fc.integer({ min: 0, max: 7 }), (seed, place, bit) => {
        const { bytes, lastMark } = writeJournal(seed, 40, 5)
        const at = place % bytes.length
        const changed = bytes.slice()
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        if (at < lastMark) {
          expect(() => recoverEngine(changed)).toThrow('storage.damaged')
        } else {
          expect(recoverEngine(changed).position.length).toBeLessThanOrEqual(at)
        }
      }),
      { seed: 7, numRuns: runs(100) },
    )
  }, 60_000)

  it('refuses a journal whose record is missing or repeated', () => {
    const { bytes, steps } = writeJournal(11, 20, 3)
    const [a, b] = [steps[3]?.end ?? 0, steps[4]?.end ?? 0]
    const without = new Uint8Array(Buffer.concat([bytes.slice(0, a), bytes.slice(b)]))
    const twice = new Uint8Array(Buffer.concat([bytes.slice(0, b), bytes.slice(a, b), bytes.slice(b)]))
    for (const journal of [without, twice]) {
      // The marks behind have moved, so they vouch for nothing; what cannot be continued is left out.
      expect(recoverEngine(journal).position.length).toBeLessThanOrEqual(b)
    }
  })

  it('refuses events that the engine would not bring about', () => {
    const engine = new OrderEngine()
    const journal = createJournal(encodeState(engine.state), 0)
    const writer = new JournalWriter(journal.position)
    const step = writer.step({ kind: 'cancel', id: 'a' }, [])
    expect(step.length).toBeGreaterThan(RECORD_OVERHEAD)
    expect(() => recoverEngine(new Uint8Array(Buffer.concat([journal.bytes, step])))).toThrow(
      'storage.damaged',
    )
  })

  it('refuses what is no journal', () => {
    expect(() => recoverEngine(new Uint8Array(0))).toThrow('storage.damaged')
    expect(() => recoverEngine(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]))).toThrow('storage.damaged')
  })
})
