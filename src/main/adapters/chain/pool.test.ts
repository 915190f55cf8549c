import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AnvilProcess, startAnvil } from '../../../../devnet/anvil/startAnvil.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { nowMs } from '../system/clock.ts'
import { createRpcPool, type RpcPool, type RpcPoolOptions } from './createRpcPool.ts'
import { readRetryAfter } from './readRetryAfter.ts'
import { blockHeaderSchema, bytesSchema, quantitySchema } from './rpcSchemas.ts'
import { type FaultyNode, honest, startFaultyNode } from './testing/startFaultyNode.ts'

let anvil: AnvilProcess
let first: FaultyNode
let second: FaultyNode
const pools: RpcPool[] = []
const someone = `0x${'11'.repeat(20)}`

beforeEach(async () => {
  anvil = await startAnvil(0, [])
  first = await startFaultyNode(`http://127.0.0.1:${anvil.port}`)
  second = await startFaultyNode(`http://127.0.0.1:${anvil.port}`)
})
afterEach(async () => {
  for (const pool of pools.splice(0)) pool.close()
  await Promise.all([first.stop(), second.stop(), anvil.stop()])
})

function open(nodes: readonly FaultyNode[], options: Partial<RpcPoolOptions> = {}): RpcPool {
  const pool = createRpcPool({
    chainId: 31337 as ChainId,
    rpcUrls: nodes.map(({ url }) => url),
    nowMs,
    ...options,
  })
  pools.push(pool)
  return pool
}

const balanceAt = (pool: RpcPool, address: string, tag = '0x0') =>
  pool.request('eth_getBalance', [address, tag], quantitySchema)

test('short questions of one moment travel together, and each gets its own answer', async () => {
  const pool = open([first])
  await balanceAt(pool, someone)
  const before = first.messages
  const answers = await Promise.allSettled([
    balanceAt(pool, someone),
    pool.request('eth_blockNumber', [], quantitySchema),
    pool.request('eth_getCode', [someone, '0x0'], bytesSchema),
    // Not an address: refused alone.
    balanceAt(pool, '0x12'),
  ])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  expect(first.messages).toBe(before + 1)
})

test('a node that takes no batches is asked one by one', async () => {
  const pool = open([first])
  await balanceAt(pool, someone)
  let refusals = 0
  first.behave((request, passOn) => {
    refusals += 1
    return refusals <= 2
      ? { raw: '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no batches"}}' }
      : honest(request, passOn)
  })
  const both = () =>
    Promise.all([balanceAt(pool, someone), pool.request('eth_blockNumber', [], quantitySchema)])
  expect(await both()).toEqual([0n, 0n])
  const before = first.messages
  await both()
  expect(first.messages).toBe(before + 2)
})

test('the same question asked twice at a time is asked once, and once a block', async () => {
  const pool = open([first])
  const block = await pool.request('eth_getBlockByNumber', ['latest', false], blockHeaderSchema)
  pool.noteHead(block.number, block.hash)
  const asked = () => first.requests.filter(({ method }) => method === 'eth_getBalance').length
  await Promise.all([balanceAt(pool, someone), balanceAt(pool, someone)])
  await balanceAt(pool, someone)
  expect(asked()).toBe(1)
  // What is true now may have changed; and another block is another world.
  await Promise.all([balanceAt(pool, someone, 'latest'), balanceAt(pool, someone, 'latest')])
  expect(asked()).toBe(3)
  pool.noteHead(block.number, `0x${'ab'.repeat(32)}`)
  await balanceAt(pool, someone)
  expect(asked()).toBe(4)
})

test('a node that asks to be left alone is left alone for as long as it says', async () => {
  let clockMs = 1_000_000
  const pool = open([first, second], { nowMs: () => clockMs })
  await balanceAt(pool, someone)
  first.behave(() => ({ raw: '', status: 429, headers: { 'retry-after': '60' } }))
  await balanceAt(pool, someone, 'latest')
  expect(pool.describeNodes().map(({ state }) => state)).toEqual(['limited', 'ok'])
  const asked = first.requests.length
  first.behave(honest)
  clockMs += 59_000
  await balanceAt(pool, someone, 'latest')
  expect(first.requests.length).toBe(asked)
  clockMs += 1_001
  await balanceAt(pool, someone, 'latest')
  expect(first.requests.length).toBeGreaterThan(asked)
})

test('the only node is waited for briefly, and not asked before its time', async () => {
  const pool = open([first])
  await balanceAt(pool, someone)
  let isLimited = true
  first.behave((request, passOn) => {
    if (!isLimited) return honest(request, passOn)
    isLimited = false
    return { raw: '', status: 429, headers: { 'retry-after': '1' } }
  })
  expect(await balanceAt(pool, someone, 'latest')).toBe(0n)
  first.behave(() => ({ raw: '', status: 429, headers: { 'retry-after': '120' } }))
  const failure = await balanceAt(pool, someone, 'latest').catch((thrown: unknown) => thrown)
  expect(failure).toBeInstanceOf(AppError)
  expect((failure as AppError).params).toMatchObject({ reason: 'rateLimited' })
  const asked = first.requests.length
  await balanceAt(pool, someone, 'latest').catch(() => {})
  expect(first.requests.length).toBe(asked)
})

test('requests beyond a node’s pace wait for their turn', async () => {
  const pool = open([first], { requestsPerSecond: 20 })
  const startedAtMs = nowMs()
  await Promise.all(Array.from({ length: 60 }, () => balanceAt(pool, someone, 'latest')))
  // Forty may go at once, the other twenty at twenty a second.
  expect(nowMs() - startedAtMs).toBeGreaterThanOrEqual(900)
})

test('a node some blocks behind the others is asked after them, and is told so', async () => {
  first.behave((request, passOn) =>
    request.method === 'eth_blockNumber' ? { result: '0x10' } : honest(request, passOn),
  )
  const third = await startFaultyNode(`http://127.0.0.1:${anvil.port}`)
  try {
    for (const node of [second, third])
      node.behave((request, passOn) =>
        request.method === 'eth_blockNumber' ? { result: '0x20' } : honest(request, passOn),
      )
    const pool = open([first, second, third])
    await pool.survey()
    expect(pool.describeNodes()).toMatchObject([
      { state: 'behind', lagBlocks: 16, errorsPercent: 0 },
      { state: 'ok', blockNumber: 32n },
      { state: 'ok' },
    ])
    await balanceAt(pool, someone)
    expect(pool.node).toBe(new URL(second.url).host)
  } finally {
    await third.stop()
  }
})

test('Retry-After in seconds, as a date, and as nonsense', () => {
  const at = Date.parse('2026-01-01T00:00:00Z')
  expect(readRetryAfter('7', at)).toBe(7_000)
  expect(readRetryAfter('Thu, 01 Jan 2026 00:00:30 GMT', at)).toBe(30_000)
  expect(readRetryAfter('Thu, 01 Jan 2020 00:00:30 GMT', at)).toBe(0)
  expect(readRetryAfter('99999999', at)).toBe(600_000)
  expect(readRetryAfter('soon', at)).toBeUndefined()
  expect(readRetryAfter(null, at)).toBeUndefined()
})
