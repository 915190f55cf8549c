import type { MarketCalendar } from '../registry/AssetRegistry.ts'
import { toDay, toDayNumber, toUtcMs, weekdayOf } from './civilDay.ts'

export interface MarketHours {
  readonly isOpen: boolean
  /** The next opening, also while it is open; absent where the calendar's holidays end before one. */
  readonly nextOpeningMs?: number
  /** When it closes, while it is open. */
  readonly closesAtMs?: number
}

/** No market is closed for longer in a row. */
const longestClosure = 30

/**
 * Whether a market is open at a moment, and when it opens next, by its calendar in its own time zone.
 *
 * @returns `undefined` for days whose holidays the calendar does not know.
 */
export function readMarketHours(calendar: MarketCalendar, atMs: number): MarketHours | undefined {
  const today = localDay(calendar.timeZone, atMs)
  if (!isKnown(calendar, today)) return undefined
  const session = sessionOf(calendar, today)
  const isOpen = session !== undefined && atMs >= session.opensAtMs && atMs < session.closesAtMs
  const nextOpeningMs = findNextOpening(calendar, today, atMs)
  return {
    isOpen,
    ...(nextOpeningMs === undefined ? {} : { nextOpeningMs }),
    ...(isOpen ? { closesAtMs: session.closesAtMs } : {}),
  }
}

function findNextOpening(calendar: MarketCalendar, today: string, atMs: number): number | undefined {
  for (let offset = 0; offset <= longestClosure; offset += 1) {
    const day = toDay(toDayNumber(today) + offset)
    if (!isKnown(calendar, day)) return undefined
    const session = sessionOf(calendar, day)
    if (session && session.opensAtMs > atMs) return session.opensAtMs
  }
  return undefined
}

function sessionOf(calendar: MarketCalendar, day: string) {
  if (!calendar.weekdays.includes(weekdayOf(day)) || calendar.holidays.includes(day)) return undefined
  const early = calendar.earlyCloses.find(({ date }) => date === day)
  return {
    opensAtMs: toInstant(calendar.timeZone, day, calendar.open),
    closesAtMs: toInstant(calendar.timeZone, day, early?.close ?? calendar.close),
  }
}

function isKnown({ knownFrom, knownUntil }: MarketCalendar, day: string): boolean {
  return day >= knownFrom && day <= knownUntil
}

/** The instant of a local wall time. The offset is taken twice, because a first guess may lie on the other side of a clock change. */
function toInstant(timeZone: string, day: string, time: string): number {
  const asUtc = toUtcMs(day, time)
  const guess = asUtc - offsetMs(timeZone, asUtc)
  return asUtc - offsetMs(timeZone, guess)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function readParts(timeZone: string, atMs: number): Record<string, string> {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(timeZone, format)
  }
  return Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
}

function localDay(timeZone: string, atMs: number): string {
  const { year, month, day } = readParts(timeZone, atMs)
  return `${year}-${month}-${day}`
}

/** Local wall time minus UTC. */
function offsetMs(timeZone: string, atMs: number): number {
  const { year, month, day, hour, minute, second } = readParts(timeZone, atMs)
  const local = toUtcMs(`${year}-${month}-${day}`, `${hour}:${minute}:${second}`)
  return local - Math.floor(atMs / 1000) * 1000
}
