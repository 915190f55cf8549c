import { expect, test } from 'vitest'
import type { Activity } from '../../../../shared/contract/activity.ts'
import { chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { listTransactionMoves, valueMoves } from './listTransactionMoves.ts'

const chainId = chainIdSchema.parse(1)
const tokenOf = (symbol: string, address: Token['ref']['address']) =>
  ({ ref: { chainId, address }, symbol, decimals: 0 }) as Token
const eth = tokenOf('ETH', 'native')
const usdc = tokenOf('USDC', `0x${'2'.repeat(40)}`)
const odd = tokenOf('ODD', `0x${'3'.repeat(40)}`)
let hashes = 0
const entry = (changes: Partial<Activity>): Activity => {
  hashes += 1
  return {
    kind: 'send',
    status: 'confirmed',
    chainId,
    token: usdc,
    units: 10n,
    transactionHash: `0x${String(hashes).padStart(64, '0')}`,
    createdAtMs: 1,
    ...changes,
  } as Activity
}
const receipt = (fee: bigint, blockTimestampMs = 5) => ({ fee, blockTimestampMs }) as Activity['receipt']
const list = (...activities: Activity[]) => listTransactionMoves(activities, () => eth)
/** ETH is worth 2, USDC 1, and nobody knows about ODD. */
const worth = (units: bigint, token: Token) =>
  token === eth ? units * 2n : token === usdc ? units : undefined
const valued = (activity: Activity) =>
  list(activity)
    .flatMap((moves) => valueMoves(moves, worth))
    .map(({ token, units, value }) => [token.symbol, units, value])

test('what goes from one account of the user’s to another did not move, but its fee was paid', () => {
  const sent = entry({ receipt: receipt(3n) })
  const got = entry({ kind: 'receive', transactionHash: sent.transactionHash, receipt: receipt(0n) })
  expect(list(sent, got)).toEqual([{ atMs: 5, deltas: [], fee: { token: eth, units: 3n } }])
})

test('what failed costs its fee and nothing else; what is in no block costs nothing', () => {
  expect(list(entry({ status: 'failed', receipt: receipt(3n) }), entry({ status: 'pending' }))).toEqual([
    { atMs: 5, deltas: [], fee: { token: eth, units: 3n } },
  ])
})

test('movements are told oldest first', () => {
  const [first, second] = list(entry({ receipt: receipt(0n, 9) }), entry({ receipt: receipt(0n, 4) }))
  expect([first?.atMs, second?.atMs]).toEqual([4, 9])
})

test('both sides of a trade are worth the same: by what was given, or else by what was got', () => {
  const trade = (sold: Token, bought: Token) =>
    entry({
      kind: 'swap',
      effects: [
        { token: sold, delta: -10n },
        { token: bought, delta: 4n },
      ],
    })
  expect(valued(trade(usdc, eth))).toEqual([
    ['USDC', -10n, 10n],
    ['ETH', 4n, 10n],
  ])
  expect(valued(trade(odd, eth))).toEqual([
    ['ODD', -10n, 8n],
    ['ETH', 4n, 8n],
  ])
  expect(valued(trade(odd, { ...odd, ref: usdc.ref }))).toMatchObject([
    ['ODD', -10n, undefined],
    ['ODD', 4n, undefined],
  ])
})
