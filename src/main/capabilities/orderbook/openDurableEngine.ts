import { AppError } from '../../../shared/errors/AppError.ts'
import type { EngineCommand } from './domain/engine/commands.ts'
import { encodeState } from './domain/engine/encodeState.ts'
import type { EngineEvent } from './domain/engine/events.ts'
import { OrderEngine } from './domain/engine/OrderEngine.ts'
import { createJournal, JournalWriter } from './domain/journal/JournalWriter.ts'
import { type Recovery, recoverEngine } from './domain/journal/recoverEngine.ts'
import type { PriceWindowRules } from './domain/triggers/PriceWindow.ts'
import type { JournalFile } from './orderbook.ports.ts'

/** Events with the number of the first of them; numbers never repeat and have no gaps, over restarts too. */
export interface NumberedEvents {
  readonly firstNumber: number
  readonly events: readonly EngineEvent[]
}

export interface DurableEngine {
  /** For reading; whoever executes commands on it directly loses them. */
  readonly engine: OrderEngine
  /** What the last session left undone: to be acted upon, then acknowledged. */
  readonly unacknowledged: NumberedEvents
  /**
   * Carries out a command and resolves with its events when both are on the disk; nothing may act on them earlier.
   *
   * @throws AppError `storage.writeFailed`: from then on the engine takes no command, and must be opened again.
   */
  execute(command: EngineCommand): Promise<NumberedEvents>
  /** Says that all events below this number have been dealt with, durably. */
  acknowledge(belowNumber: number): Promise<void>
  /** Replaces the history by its result, so that opening stays quick. Everything must have been acknowledged. */
  compact(): Promise<void>
}

/**
 * Opens the engine that a journal holds, or a new one where it is empty.
 *
 * @throws AppError `storage.damaged`, `storage.writeFailed`
 */
export async function openDurableEngine(file: JournalFile, rules: PriceWindowRules): Promise<DurableEngine> {
  const { engine, position, eventCount, unacknowledged } = await recover(file, rules)
  let writer = new JournalWriter(position)
  let nextNumber = eventCount
  let acknowledgedBelow = eventCount - unacknowledged.length
  let durableLength = position.length
  let markedLength = 0
  let hasFailed = false

  const append = async (encode: (writer: JournalWriter) => Uint8Array) => {
    const journal = writer
    // Marks go with the next record, so that they cost no flush of their own.
    const parts = durableLength > markedLength ? [journal.marker(durableLength)] : []
    markedLength = durableLength
    parts.push(encode(journal))
    const { length } = journal.position
    try {
      await Promise.all(parts.map((part) => file.append(part)))
    } catch (error) {
      hasFailed = true
      throw error
    }
    if (journal === writer) durableLength = Math.max(durableLength, length)
  }
  const assertUsable = () => {
    if (hasFailed) throw new AppError('storage.writeFailed', { file: 'orders' })
  }

  return {
    engine,
    unacknowledged: { firstNumber: acknowledgedBelow, events: unacknowledged },
    async execute(command) {
      assertUsable()
      const firstNumber = nextNumber
      const events = engine.execute(command)
      nextNumber += events.length
      await append((journal) => journal.step(command, events))
      return { firstNumber, events }
    },
    async acknowledge(belowNumber) {
      assertUsable()
      if (belowNumber < acknowledgedBelow || belowNumber > nextNumber) {
        throw new RangeError(`Events up to ${belowNumber} cannot be acknowledged`)
      }
      acknowledgedBelow = belowNumber
      await append((journal) => journal.acknowledged(belowNumber))
    },
    async compact() {
      assertUsable()
      if (acknowledgedBelow !== nextNumber)
        throw new RangeError('There are events that nobody has acknowledged')
      const journal = createJournal(encodeState(engine.state), nextNumber)
      // From here every command belongs behind the new beginning; the file puts the replacing before them.
      writer = new JournalWriter(journal.position)
      durableLength = 0
      markedLength = 0
      try {
        await file.replace(journal.bytes)
      } catch (error) {
        hasFailed = true
        throw error
      }
    },
  }
}

async function recover(file: JournalFile, rules: PriceWindowRules): Promise<Recovery> {
  const bytes = await file.read()
  if (bytes.length > 0) {
    const recovery = recoverEngine(bytes)
    if (recovery.position.length < bytes.length) await file.truncate(recovery.position.length)
    return recovery
  }
  const engine = new OrderEngine(rules)
  const journal = createJournal(encodeState(engine.state), 0)
  await file.replace(journal.bytes)
  return { engine, position: journal.position, eventCount: 0, unacknowledged: [] }
}
