import type { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AccountId, Address, ChainId } from '../../../shared/identity/identity.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { ActivityRecord } from '../../capabilities/activity/activity.ports.ts'
import { createActivityStore } from './createActivityStore.ts'
import { createBalanceStore } from './createBalanceStore.ts'
import { createChainSettingsStore } from './createChainSettingsStore.ts'
import { createHistoryStore } from './createHistoryStore.ts'
import { createKnownRecipients } from './createKnownRecipients.ts'
import { createSettingsStore } from './createSettingsStore.ts'
import { createTokenMetadataStore } from './createTokenMetadataStore.ts'
import { openDatabase } from './openDatabase.ts'

let database: DatabaseSync
beforeEach(() => {
  database = openDatabase(':memory:', () => 0)
})
afterEach(() => {
  if (database.isOpen) database.close()
})

const chainId = 31337 as ChainId
const from = '0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266' as Address
const native = {
  ref: { chainId, address: 'native' as const },
  symbol: 'ETH',
  name: 'Ether',
  decimals: 18,
  assetClass: 'coin' as const,
  source: 'native' as const,
}

function record(
  index: number,
  changes: Partial<ActivityRecord['activity']> = {},
  isFinal = false,
): ActivityRecord {
  return {
    activity: {
      id: `id-${index}`,
      kind: 'send',
      status: 'pending',
      chainId,
      accountId: 'a' as AccountId,
      from,
      to: from,
      token: native,
      units: baseUnits(2n ** 200n + BigInt(index)),
      nonce: index,
      transactionHash: `0x${index.toString(16).padStart(64, '0')}`,
      createdAtMs: index,
      ...changes,
    },
    signedTransaction: '0x02',
    call: { to: from, value: 1n, data: '0x', gas: 21_000n },
    isFinal,
  }
}

test('activity comes back whole, by id, openness and nonce', () => {
  const store = createActivityStore(database)
  store.insert(record(1))
  store.insert(record(2, {}, true))
  store.insert(record(3, { chainId: 1 as ChainId }))
  expect(store.find('id-1')).toEqual(record(1))
  expect(store.find('id-9')).toBeUndefined()
  expect(store.listOpen(chainId)).toEqual([record(1)])
  expect(store.listByNonce(chainId, from.toLowerCase() as Address, 2)).toEqual([record(2, {}, true)])
  store.update({ ...record(1, { status: 'replaced' }, true), settledAtBlock: 7n })
  expect(store.listOpen(chainId)).toEqual([])
  expect(store.find('id-1')?.settledAtBlock).toBe(7n)
})

test('pages are newest first, complete, and only of the accounts asked for', () => {
  const store = createActivityStore(database)
  for (let index = 1; index <= 25; index += 1) {
    store.insert(record(index, { accountId: (index % 5 === 0 ? 'b' : 'a') as AccountId }))
  }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = store.listPage({ accountIds: ['a' as AccountId], cursor, limit: 7 })
    seen.push(...page.activities.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(seen).toEqual(
    Array.from({ length: 25 }, (_, index) => 25 - index)
      .filter((index) => index % 5 !== 0)
      .map((index) => `id-${index}`),
  )
  expect(() => store.listPage({ accountIds: [], cursor: "1' OR 1", limit: 1 })).toThrow('request.invalid')
})

test('an activity row that cannot be read is an error, not an empty list', () => {
  const store = createActivityStore(database)
  store.insert(record(1))
  database.exec(`UPDATE activity SET body = '{"activity":{}}'`)
  expect(() => store.listOpen(chainId)).toThrow('storage.damaged')
})

test('the same transaction is written down once', () => {
  const store = createActivityStore(database)
  store.insert(record(1))
  expect(() => store.insert(record(1))).toThrow('storage.writeFailed')
})

test('balances, settings, chains, metadata and recipients come back as written', () => {
  const balances = createBalanceStore(database)
  const written = {
    chainId,
    blockNumber: 9n,
    blockTimestampMs: 5,
    balances: [{ accountId: 'a' as AccountId, token: native, units: baseUnits(2n ** 255n) }],
  }
  balances.write(written)
  balances.write({ ...written, blockNumber: 10n })
  expect(balances.readAll()).toEqual([{ ...written, blockNumber: 10n }])

  const settings = createSettingsStore(database)
  expect(settings.read()).toBeUndefined()
  settings.write({ theme: 'dark' })
  expect(settings.read()).toEqual({ theme: 'dark' })

  const chains = createChainSettingsStore(database)
  expect(chains.read(chainId)).toEqual({})
  chains.write(chainId, { enabled: false, rpcUrls: ['http://127.0.0.1'] })
  expect(chains.read(chainId)).toEqual({ enabled: false, rpcUrls: ['http://127.0.0.1'] })

  const metadata = createTokenMetadataStore(database)
  metadata.write({ chainId, address: from }, { symbol: 'X', name: 'Y', decimals: 6 })
  expect(metadata.read({ chainId, address: from.toLowerCase() as Address })).toEqual({
    symbol: 'X',
    name: 'Y',
    decimals: 6,
  })

  const recipients = createKnownRecipients(database)
  expect(recipients.isKnown(from)).toBe(false)
  recipients.remember(from, 1)
  recipients.remember(from.toLowerCase() as Address, 2)
  expect(recipients.isKnown(from)).toBe(true)
})

test('a cache that cannot be read is empty, and a write that fails is told', () => {
  const balances = createBalanceStore(database)
  database.exec(`INSERT INTO balances VALUES (1, '{"chainId":1}'), (2, 'half a js')`)
  expect(balances.readAll()).toEqual([])
  const settings = createSettingsStore(database)
  database.exec('PRAGMA query_only = 1')
  expect(() => settings.write({})).toThrow('storage.writeFailed')
})

const observed = (id: string, atMs: number, changes: Partial<ActivityRecord['activity']> = {}) => ({
  ...record(0, { kind: 'receive', status: 'confirmed', createdAtMs: atMs, ...changes }).activity,
  id,
  observed: true as const,
})
const idsOf = (
  store: ReturnType<typeof createActivityStore>,
  query: Partial<Parameters<typeof store.listPage>[0]>,
) =>
  store
    .listPage({ accountIds: ['a' as AccountId], cursor: undefined, limit: 50, ...query })
    .activities.map(({ id }) => id)

test('what was seen on the chain stands between what was signed here, by time, page by page', () => {
  const store = createActivityStore(database)
  const history = createHistoryStore(database)
  for (let index = 1; index <= 9; index += 1) store.insert(record(index, { createdAtMs: index * 10 }))
  history.write([observed('seen-1', 15), observed('seen-2', 55), observed('seen-3', 50)])
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = store.listPage({ accountIds: ['a' as AccountId], cursor, limit: 4 })
    seen.push(...page.activities.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  expect(seen.join(' ')).toBe('id-9 id-8 id-7 id-6 seen-2 seen-3 id-5 id-4 id-3 id-2 seen-1 id-1')
})

test('what is suspicious is kept apart, counted, and found when asked for', () => {
  const store = createActivityStore(database)
  const history = createHistoryStore(database)
  history.write([observed('honest', 1), observed('fake', 2, { suspicion: 'fakeToken' })])
  expect(idsOf(store, {})).toEqual(['honest'])
  expect(idsOf(store, { suspicious: 'only' })).toEqual(['fake'])
  expect(idsOf(store, { suspicious: 'with' })).toEqual(['fake', 'honest'])
  expect(store.countSuspicious(['a' as AccountId])).toBe(1)
  expect(store.countSuspicious(['b' as AccountId])).toBe(0)
})

test('the search finds parts of words in any script, short ones too, all of them, and other names for them', () => {
  const store = createActivityStore(database)
  store.insert(record(1, { toName: 'hana.eth' }))
  store.insert(record(2, { toName: '横浜の友だち' }))
  const search = (...words: string[][]) => idsOf(store, { search: words })
  expect(search(['ANA.e'])).toEqual(['id-1'])
  expect(search(['横浜の'])).toEqual(['id-2'])
  expect(search(['友'])).toEqual(['id-2'])
  expect(search(['Ether'], ['横'], ['だ'])).toEqual(['id-2'])
  expect(search(['Ether'], ['hana'], ['横'])).toEqual([])
  expect(search([`0x${'2'.padStart(64, '0')}`])).toEqual(['id-2'])
  expect(search(['nobody', from])).toEqual(['id-2', 'id-1'])
  expect(search(['"; DROP'])).toEqual([])
  expect(search(['%'])).toEqual([])
})

test('notes are found, survive what the chain changes, and can be taken away', () => {
  const store = createActivityStore(database)
  const history = createHistoryStore(database)
  store.insert(record(1))
  history.write([observed('seen', 5)])
  expect(store.annotate('seen', { note: 'rent for May', labels: ['home'] })).toMatchObject({
    note: 'rent for May',
    labels: ['home'],
  })
  expect(idsOf(store, { search: [['rent'], ['home']] })).toEqual(['seen'])
  history.write([observed('seen', 5, { status: 'dropped' })])
  expect(store.findActivity('seen')).toMatchObject({ status: 'dropped', note: 'rent for May' })
  store.annotate('id-1', { note: 'gift' })
  store.update(record(1, { status: 'confirmed' }))
  expect(store.findActivity('id-1')).toMatchObject({ status: 'confirmed', note: 'gift' })
  store.annotate('id-1', {})
  expect(store.findActivity('id-1')?.note).toBeUndefined()
  expect(idsOf(store, { search: [['gift']] })).toEqual([])
  expect(store.annotate('nothing', { note: 'x' })).toBeUndefined()
})
