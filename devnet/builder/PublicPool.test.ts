import { describe, expect, test } from 'vitest'
import { inventTransaction } from './inventTransaction.ts'
import { PublicPool } from './PublicPool.ts'

const account = { nonce: 3, balance: 10n ** 18n }

describe('PublicPool', () => {
  test('reports what a transaction makes executable, itself and those that waited for it', () => {
    const pool = new PublicPool()
    const [third, fourth, fifth] = [3, 4, 5].map((nonce) => inventTransaction(0, nonce))
    if (third === undefined || fourth === undefined || fifth === undefined) throw new Error('three were made')
    expect(pool.add(fifth, account)).toEqual([])
    expect(pool.add(fourth, account)).toEqual([])
    expect(pool.queued()).toEqual([fifth, fourth])
    expect(pool.add(third, account)).toEqual([third, fourth, fifth])
    expect(pool.executable()).toEqual([fifth, fourth, third])
    expect(pool.nextNonce(third.from, 3)).toBe(6)
  })

  test('forgets what the chain has passed', () => {
    const pool = new PublicPool()
    const [passed, next] = [inventTransaction(0, 3), inventTransaction(0, 4)]
    pool.add(passed, account)
    pool.add(next, account)
    pool.advance(passed.from, 4)
    expect(pool.get(passed.hash)).toBeUndefined()
    expect(pool.executable()).toEqual([next])
    pool.remove(next.hash)
    expect(pool.senders()).toEqual([])
    expect(pool.size).toBe(0)
  })

  test('limits what one account leaves behind a nonce gap, not what can be mined', () => {
    const pool = new PublicPool()
    for (let nonce = 3; nonce < 103; nonce += 1) pool.add(inventTransaction(0, nonce), account)
    for (let nonce = 200; nonce < 264; nonce += 1) pool.add(inventTransaction(0, nonce), account)
    expect(() => pool.add(inventTransaction(0, 264), account)).toThrow('account limit exceeded')
    expect(pool.add(inventTransaction(0, 103), account)).toHaveLength(1)
    expect(pool.add(inventTransaction(1, 264), account)).toEqual([])
  })

  test('counts what the other transactions of the sender may cost, but not the one that is replaced', () => {
    const pool = new PublicPool()
    const poor = { nonce: 0, balance: 21_000n * 100n * 2n }
    pool.add(inventTransaction(0, 0), poor)
    pool.add(inventTransaction(0, 1, { maxFeePerGas: 90n }), poor)
    expect(() => pool.add(inventTransaction(0, 2, { maxFeePerGas: 11n }), poor)).toThrow('queued cost')
    pool.add(inventTransaction(0, 1, { maxFeePerGas: 100n, maxPriorityFeePerGas: 2n }), poor)
    expect(pool.size).toBe(2)
  })
})
