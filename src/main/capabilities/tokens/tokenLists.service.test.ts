import { expect, test } from 'vitest'
import { createTokenListsService } from './tokenLists.service.ts'
import type { StoredTokenList } from './tokens.ports.ts'

function start() {
  const kept = new Map<string, StoredTokenList>()
  let ids = 0
  const service = createTokenListsService({
    chains: { listAll: () => [] },
    bundled: { name: 'Minato', version: '1.0.0', writtenAt: '2026-01-01' },
    store: {
      readAll: () => [...kept.values()],
      write: (list) => kept.set(list.id, list),
      remove: (id) => kept.delete(id),
    },
    source: {
      fetch: async () => {
        throw new Error('Nobody is asked')
      },
    },
    nowMs: () => 1,
    makeId: () => {
      ids += 1
      return String(ids)
    },
    onChanged() {},
  })
  return { service, kept }
}

const listOf = (name: string, tokens = 1) =>
  JSON.stringify({
    name,
    version: { major: 1, minor: 2, patch: 3 },
    tokens: Array.from({ length: tokens }, (_, index) => ({
      chainId: 1,
      address: `0x${(index + 1).toString(16).padStart(40, '0')}`,
      symbol: `T${index}`,
      name: 'x'.repeat(60),
      decimals: 6,
    })),
  })

test('lists come to another machine with a backup, in use or not as they were, and once', async () => {
  const old = start()
  await old.service.handlers.addList({ origin: 'pasted', text: listOf('Mine') })
  const lists = await old.service.handlers.addList({ origin: 'file', text: listOf('Other') })
  await old.service.handlers.setListEnabled({ id: lists[1]?.id ?? '', isEnabled: false })
  const exported: unknown = JSON.parse(JSON.stringify(old.service.exportLists()))

  const { service, kept } = start()
  service.restoreLists(exported)
  service.restoreLists(exported)
  expect([...kept.values()].map(({ list, isEnabled, origin }) => [list.name, isEnabled, origin])).toEqual(
    expect.arrayContaining([
      ['Mine', false, 'pasted'],
      ['Other', true, 'file'],
    ]),
  )
  expect(kept.size).toBe(2)
})

test('what is no list is left out, and so is one that would make the backup unwieldy', async () => {
  const { service, kept } = start()
  for (const exported of [undefined, 'text', [7], [{ origin: 'pasted', isEnabled: true, text: '{}' }]]) {
    service.restoreLists(exported)
  }
  service.restoreLists([{ origin: 'url', url: 'file:///etc/passwd', isEnabled: true, text: listOf('Evil') }])
  expect(kept.size).toBe(0)
  await service.handlers.addList({ origin: 'pasted', text: listOf('Large', 9_000) })
  await service.handlers.addList({ origin: 'pasted', text: listOf('Small') })
  expect(service.exportLists()).toMatchObject([{ isEnabled: true }])
  // And it is said of each.
  const told = await service.handlers.listLists(undefined)
  expect(told.map(({ name, isInBackup }) => [name, isInBackup])).toEqual([
    [expect.anything(), true],
    ['Large', false],
    ['Small', true],
  ])
})
