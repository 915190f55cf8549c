import { expect, test } from 'vitest'
import type { Activity } from '../../../shared/contract/activity.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { Head } from '../chains/index.ts'
import type { HistoryCursor } from './activity.ports.ts'
import type { ObservedTransaction } from './domain/ObservedTransaction.ts'
import { createHistoryFollower, type FollowHistoryDeps } from './followHistory.ts'

const chainId = 1 as ChainId
const account = { id: 'a' as AccountId, address: `0x${'1'.repeat(40)}`, name: 'A' } as unknown as Account
const hashOf = (index: number) => `0x${index.toString(16).padStart(64, '0')}` as Hash
const transactions = 4_500
/** Two in every block. */
const blockOf = (index: number) => BigInt(1 + Math.floor(index / 2))
const timeOf = (block: bigint) => Number(block) * 1_000

/** A chain on which the account called something 4,500 times. */
function start() {
  const cursors = new Map<string, HistoryCursor>()
  const written = new Map<string, Activity>()
  let tellHead: (head: Head) => void = () => {}
  let settle: () => void = () => {}
  const deps = {
    chains: {
      listEnabled: () => [{ chainId }],
      getDefinition: () => ({ kind: 'practice', nativeToken: { ref: { chainId, address: 'native' } } }),
      subscribeHeads(listener: (head: Head) => void) {
        tellHead = listener
        return () => {}
      },
    },
    accounts: { listAccounts: async () => [account] },
    tokens: { list: () => [], resolve: async () => undefined },
    reader: {
      readCoins: async () => ({
        blockNumber: blockOf(transactions),
        blockHash: hashOf(0),
        balances: new Map(),
      }),
      readBlockHash: async () => hashOf(0),
      readBlockTimestampMs: async (_: ChainId, block: bigint) => timeOf(block),
      findTransactions: async (_: ChainId, __: Address[], first: bigint, last: bigint) =>
        Array.from({ length: transactions }, (___, index) => index)
          .filter((index) => blockOf(index) >= first && blockOf(index) <= last)
          .map(hashOf),
      readTransaction: async (_: ChainId, hash: Hash): Promise<ObservedTransaction> => ({
        hash,
        from: account.address,
        to: `0x${'2'.repeat(40)}` as Address,
        value: 0n,
        data: '0x12345678',
        nonce: Number(hash),
        succeeded: true,
        blockNumber: blockOf(Number(hash)),
        blockTimestampMs: timeOf(blockOf(Number(hash))),
        gasUsed: 1n,
        effectiveGasPrice: 1n,
        fee: 1n,
        logs: [],
      }),
    },
    store: {
      write: (activities: Activity[]) => {
        for (const activity of activities) written.set(activity.id, activity)
      },
      listFrom: () => [],
      readCursor: (_: ChainId, address: Address) => cursors.get(address),
      writeCursor: (_: ChainId, address: Address, cursor: HistoryCursor) => {
        cursors.set(address, cursor)
        settle()
      },
    },
    isSignedHere: () => false,
    listKnownAddresses: () => [],
    nameOf: () => undefined,
    nowMs: () => 1,
    onChanged: () => {},
    onBug(thrown: unknown) {
      throw thrown
    },
  } as unknown as FollowHistoryDeps
  const follower = createHistoryFollower(deps)
  follower.start()
  return {
    follower,
    written,
    scan: () =>
      new Promise<void>((resolve) => {
        settle = resolve
        tellHead({ chainId, isReorganised: false } as Head)
      }),
  }
}

test('what is too much at once is told as a gap, and can be read on until nothing is missing', async () => {
  const { follower, written, scan } = start()
  await scan()
  expect(written.size).toBe(2_000)
  const [gap] = await follower.listGaps(undefined)
  // The oldest that was read stands in the last block of the gap, where another one may not have been.
  expect(gap).toEqual({
    chainId,
    accountId: account.id,
    firstBlock: 0n,
    lastBlock: blockOf(2_500),
    firstMs: 0,
    lastMs: timeOf(blockOf(2_500)),
  })
  let rounds = 0
  for (let gaps = [gap]; gaps[0]; gaps = await follower.listGaps(account.id)) {
    await follower.readGap(gaps[0])
    rounds += 1
    expect(rounds).toBeLessThan(4)
  }
  expect(written.size).toBe(transactions)
  expect(await follower.listGaps('other' as AccountId)).toEqual([])
})

test('a gap that is none any more is not read again', async () => {
  const { follower, written, scan } = start()
  await scan()
  await follower.readGap({ chainId, accountId: account.id, lastBlock: 7n })
  expect(written.size).toBe(2_000)
})
