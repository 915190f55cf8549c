import { describe, expect, it } from 'vitest'
import type { Activity } from '../../shared/contract/activity.ts'
import { mergeActivity } from './mergeActivity.ts'

const entry = (id: string, status: Activity['status'] = 'pending') => ({ id, status }) as Activity
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
})
