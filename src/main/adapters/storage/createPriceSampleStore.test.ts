import { expect, test } from 'vitest'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { usdE18 } from '../../../shared/money/units.ts'
import { createPriceSampleStore } from './createPriceSampleStore.ts'
import { openDatabase } from './openDatabase.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const start = 1_000 * dayMs

function open() {
  const store = createPriceSampleStore(openDatabase(':memory:', () => 0))
  return {
    ...store,
    note: (atMs: number, usd: bigint, subject = '1:native') =>
      store.write(subject, { atMs, usd: usdE18(usd) }),
    all: (subject = '1:native') => store.read(subject, 0, 1).map(({ atMs, usd }) => [atMs - start, usd]),
  }
}

test('a sample every five minutes, sooner only when the price moves', () => {
  const { note, all } = open()
  note(start, 100n)
  note(start + 30_000, 200n)
  note(start + 2 * minuteMs, 100n)
  note(start + 3 * minuteMs, 150n)
  note(start + 8 * minuteMs, 150n)
  expect(all()).toEqual([
    [0, 100n],
    [3 * minuteMs, 150n],
    [8 * minuteMs, 150n],
  ])
})

test('old samples are thinned to one an hour, older ones to one a day', () => {
  const { note, read } = open()
  for (let atMs = start; atMs <= start + 100 * dayMs; atMs += 30 * minuteMs) note(atMs, 100n)
  const { length: perDay } = read('1:native', start, 1).filter(({ atMs }) => atMs < start + 5 * dayMs)
  expect(perDay).toBe(5)
  const hourly = read('1:native', start + 50 * dayMs, 1).filter(({ atMs }) => atMs < start + 51 * dayMs)
  expect(hourly).toHaveLength(24)
  expect(read('1:native', start + 99 * dayMs, 1).length).toBeGreaterThan(48)
})

test('the nearest sample within reach, and none beyond', () => {
  const { note, findNear } = open()
  note(start, 100n)
  note(start + hourMs, 200n)
  expect(findNear('1:native', start + 20 * minuteMs, hourMs)?.usd).toBe(100n)
  expect(findNear('1:native', start + 40 * minuteMs, hourMs)?.usd).toBe(200n)
  expect(findNear('1:native', start + 3 * hourMs, hourMs)).toBeUndefined()
  expect(findNear('1:other', start, hourMs)).toBeUndefined()
})

test('blocks that were undone take the prices of their chain with them, and only those', () => {
  const { note, all, dropAfter } = open()
  for (const subject of ['1:native', '10:native', 'rate:EUR']) {
    note(start, 100n, subject)
    note(start + hourMs, 200n, subject)
  }
  dropAfter(1 as ChainId, start + minuteMs)
  expect(all()).toHaveLength(1)
  expect(all('10:native')).toHaveLength(2)
  expect(all('rate:EUR')).toHaveLength(2)
})
