import { describe, expect, it } from 'vitest'
import type { Activity } from '../../shared/contract/activity.ts'
import { mergeActivity } from './mergeActivity.ts'

/** A later letter is a later entry. */
const entry = (id: string, status: Activity['status'] = 'pending', changes: Partial<Activity> = {}) =>
  ({ id, status, createdAtMs: id.charCodeAt(0), ...changes }) as Activity
const pages = {
  pages: [{ items: [entry('c'), entry('b')], nextCursor: '2' }, { items: [entry('a')] }],
  pageParams: [undefined, '2'],
}
const idsOf = (merged: typeof pages) =>
  merged.pages.map((page) => page.items.map((item) => `${item.id} ${item.status}`))

describe('mergeActivity', () => {
  it('puts a changed entry where it was, whatever its page', () => {
    const merged = mergeActivity(pages, entry('a', 'confirmed')) as typeof pages
    expect(idsOf(merged)).toEqual([['c pending', 'b pending'], ['a confirmed']])
  })

  it('puts a new entry first, once', () => {
    const merged = mergeActivity(mergeActivity(pages, entry('d')), entry('d', 'confirmed')) as typeof pages
    expect(idsOf(merged)).toEqual([['d confirmed', 'c pending', 'b pending'], ['a pending']])
  })

  it('puts what was seen late where its time belongs', () => {
    const merged = mergeActivity(pages, entry('z', 'confirmed', { createdAtMs: 'b'.charCodeAt(0) + 0.5 }))
    expect(idsOf(merged as typeof pages)).toEqual([['c pending', 'z confirmed', 'b pending'], ['a pending']])
    const oldest = mergeActivity(pages, entry('0', 'confirmed'))
    expect(idsOf(oldest as typeof pages)[1]).toEqual(['a pending', '0 confirmed'])
  })

  it('leaves out what is set aside as suspicious', () => {
    expect(mergeActivity(pages, entry('d', 'confirmed', { suspicion: 'fakeToken' }))).toEqual(pages)
  })
})
