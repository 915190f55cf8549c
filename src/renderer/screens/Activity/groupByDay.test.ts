import { describe, expect, it } from 'vitest'
import type { Activity } from '../../../shared/contract/activity.ts'
import { groupByDay } from './groupByDay.ts'

const at = (iso: string) => ({ id: iso, createdAtMs: Date.parse(iso) }) as Activity

describe('groupByDay', () => {
  it('puts entries under their calendar day, in their order', () => {
    const items = ['2026-03-02T00:10', '2026-03-01T23:50', '2026-03-01T08:00', '2026-02-27T12:00'].map(at)
    const days = groupByDay(items, Date.parse('2026-03-02T09:00'))
    expect(days.map((day) => [day.age, day.entries.map((entry) => entry.id)])).toEqual([
      ['today', ['2026-03-02T00:10']],
      ['yesterday', ['2026-03-01T23:50', '2026-03-01T08:00']],
      ['older', ['2026-02-27T12:00']],
    ])
  })
})
