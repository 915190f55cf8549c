import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../shared/errors/AppError.ts'
import { createLogger, describeThrown } from './createLogger.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minato-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = () => readFileSync(join(folder, 'minato.log'), 'utf8')

test('writes structured lines from its level up', () => {
  const log = createLogger({ folder, level: 'info', nowMs: () => 0 })
  log.debug('ignored')
  log.info('chain.head', { chainId: 31337, blockNumber: 12n, node: '127.0.0.1:8545' })
  expect(JSON.parse(read())).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'info',
    event: 'chain.head',
    chainId: 31337,
    blockNumber: '12',
    node: '127.0.0.1:8545',
  })
})

test('masks what looks like a secret even when it was passed', () => {
  const log = createLogger({ folder, level: 'info', nowMs: () => 0 })
  const phrase = 'test test test test test test test test test test test junk'
  log.error('oops', {
    text: phrase,
    key: `0x${'ab'.repeat(32)}`,
    transactionHash: `0x${'cd'.repeat(32)}`,
    node: 'https://user:pass@node.example/v2/APIKEY?x=1',
  })
  const line = read()
  expect(line).not.toContain('test test')
  expect(line).not.toContain('abab')
  expect(line).not.toContain('APIKEY')
  expect(line).not.toContain('pass')
  expect(line).toContain('cdcd')
  expect(line).toContain('node.example')
})

test('stays within its size and keeps one older file', () => {
  const log = createLogger({ folder, level: 'info', nowMs: () => 0, maxBytes: 1000 })
  for (let index = 0; index < 100; index += 1) log.info('event', { index })
  expect(statSync(join(folder, 'minato.log')).size).toBeLessThanOrEqual(1000)
  expect(statSync(join(folder, 'minato.1.log')).size).toBeLessThanOrEqual(1000)
  expect(read()).toContain('"index":99')
})

test('describes errors without their message', () => {
  expect(describeThrown(new AppError('vault.locked'))).toEqual({ code: 'vault.locked' })
  expect(describeThrown(new TypeError('secret'))).toEqual({ code: 'internal', errorName: 'TypeError' })
})
