import { describe, expect, test } from 'vitest'
import type { ReadingEffects } from '../../../../shared/contract/readings.ts'
import type { SigningIntent, SigningPreparation } from '../../../../shared/contract/signing.ts'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { findBeyondIntent } from './findBeyondIntent.ts'
import type { Inspection, MovedUnits } from './Inspection.ts'

const addressAt = (index: number) => `0x${index.toString(16).padStart(40, '0')}` as Address
const [account, friend, thief, router, permit2] = [1, 2, 3, 4, 5].map(addressAt) as [
  Address,
  Address,
  Address,
  Address,
  Address,
]
const token = (index: number): Token => ({
  ref: { chainId: 1 as ChainId, address: addressAt(index) },
  symbol: 'T',
  name: 'T',
  decimals: 18,
  assetClass: 'token',
  source: 'list',
})
const [sold, bought] = [token(10), token(11)]
const soldAt = sold.ref.address as Address
const boughtAt = bought.ref.address as Address

const transfer: SigningIntent = {
  kind: 'tokenTransfer',
  token: sold,
  to: { address: friend },
  units: baseUnits(5n),
}
const swap: SigningIntent = {
  kind: 'swap',
  sell: sold,
  maximumSold: baseUnits(5n),
  buy: bought,
  minimumBought: baseUnits(7n),
  through: { address: router, name: 'Uniswap' },
  permit: { spender: router, units: baseUnits(5n), expiresAtMs: 1 },
}
const prepared = [
  { kind: 'approve', token: sold, spender: { address: permit2, name: 'Permit2' }, units: 5n },
] as unknown as readonly SigningPreparation[]

const move = (of: Address | 'native', from: Address, to: Address, units: bigint): MovedUnits => ({
  token: of,
  from,
  to,
  units,
})
const did = (changes: Partial<Inspection>): Inspection => ({
  blockNumber: 1n,
  by: 'node',
  delegateCalls: [],
  isReverted: false,
  reason: '',
  moved: [],
  granted: [],
  contracts: [],
  ...changes,
})
const allowance = (to: Address, units: bigint) =>
  ({ kind: 'allowance', token: soldAt, by: account, to, units }) as const
const honestSwap = [move(soldAt, account, router, 5n), move(boughtAt, router, account, 7n)]

describe('what is as intended', () => {
  test.each([
    ['a transfer', transfer, did({ moved: [move(soldAt, account, friend, 5n)] })],
    ['one of which the token keeps a part', transfer, did({ moved: [move(soldAt, account, friend, 4n)] })],
    [
      'one that brings a gift',
      transfer,
      did({ moved: [move(soldAt, account, friend, 5n), move(boughtAt, thief, account, 1n)] }),
    ],
    [
      'a swap with its allowances',
      swap,
      did({
        moved: honestSwap,
        granted: [allowance(permit2, 5n), allowance(router, 5n), allowance(permit2, 0n)],
      }),
    ],
    ['a delegation that does nothing else', { kind: 'delegation' } as const, did({})],
  ])('%s', (_name, intent, inspection) => {
    expect(findBeyondIntent(intent, prepared, inspection, account)).toBeUndefined()
  })
})

describe('what goes beyond', () => {
  test.each([
    [
      'coin that leaves as well',
      transfer,
      did({ moved: [move(soldAt, account, friend, 5n), move('native', account, thief, 1n)] }),
      'otherTokenLeaves',
    ],
    ['more than was said', transfer, did({ moved: [move(soldAt, account, friend, 6n)] }), 'leavesMore'],
    ['nothing at all', transfer, did({ moved: [] }), 'movesNothing'],
    ['another recipient', transfer, did({ moved: [move(soldAt, account, thief, 5n)] }), 'otherRecipient'],
    [
      'too little back',
      swap,
      did({ moved: [move(soldAt, account, router, 5n), move(boughtAt, router, account, 6n)] }),
      'arrivesLess',
    ],
    [
      'what is bought goes elsewhere',
      swap,
      did({ moved: [move(soldAt, account, router, 5n), move(boughtAt, router, thief, 7n)] }),
      'arrivesLess',
    ],
    [
      'an allowance for a stranger',
      swap,
      did({ moved: honestSwap, granted: [allowance(thief, 1n)] }),
      'otherAllowance',
    ],
    [
      'more than is sold',
      swap,
      did({ moved: honestSwap, granted: [allowance(permit2, 6n)] }),
      'otherAllowance',
    ],
    ['an allowance by a transfer', transfer, did({ granted: [allowance(permit2, 5n)] }), 'otherAllowance'],
    [
      'a whole collection',
      transfer,
      did({ granted: [{ ...allowance(thief, 0n), kind: 'all' }] }),
      'givesAll',
    ],
    [
      'a contract',
      swap,
      did({ moved: honestSwap, granted: [{ ...allowance(thief, 0n), kind: 'ownership' }] }),
      'givesOwnership',
    ],
    [
      'anything that leaves with a delegation',
      { kind: 'delegation' } as const,
      did({ moved: [move('native', account, thief, 1n)] }),
      'otherTokenLeaves',
    ],
  ] as const)('%s', (_name, intent, inspection, reason) => {
    expect(findBeyondIntent(intent, prepared, inspection, account)).toBe(reason)
  })

  test('what others give away is theirs', () => {
    const theirs = did({
      moved: [...honestSwap, move('native', thief, friend, 9n)],
      granted: [{ ...allowance(thief, 9n), by: friend }],
    })
    expect(findBeyondIntent(swap, prepared, theirs, account)).toBeUndefined()
  })
})

describe('a call that a descriptor explains', () => {
  const effects = (changes: Partial<ReadingEffects>): SigningIntent => ({
    kind: 'call',
    to: { address: router },
    contractName: 'Router',
    value: baseUnits(0n),
    data: '0x',
    reading: {
      describedBy: 'minato',
      isAssumed: false,
      signature: 'f()',
      intent: 'Do',
      fields: [],
      effects: { spends: [], grants: [], grantsAll: [], ownership: [], ...changes },
    },
  })
  const unknown: SigningIntent = {
    kind: 'call',
    to: { address: router },
    contractName: '',
    value: baseUnits(0n),
    data: '0x',
  }
  const all = { kind: 'all', token: soldAt, by: account, to: thief, units: 0n } as const
  const ownership = { kind: 'ownership', token: soldAt, by: account, to: thief, units: 0n } as const
  const left = did({ moved: [move(soldAt, account, friend, 5n)] })

  test.each([
    ['takes as much as was read', effects({ spends: [{ token: soldAt, units: 5n }] }), left, undefined],
    ['takes more', effects({ spends: [{ token: soldAt, units: 4n }] }), left, 'leavesMore'],
    ['takes another token', effects({ spends: [{ token: boughtAt, units: 5n }] }), left, 'otherTokenLeaves'],
    ['takes where nothing was read', effects({}), left, 'otherTokenLeaves'],
    ['takes of one token that was not named', effects({ spends: [{ units: 5n }] }), left, undefined],
    [
      'takes of a second one',
      effects({ spends: [{ units: 5n }] }),
      did({ moved: [...left.moved, move(boughtAt, account, friend, 1n)] }),
      'otherTokenLeaves',
    ],
    [
      'allows what was read',
      effects({ grants: [{ token: soldAt, to: permit2, units: 5n }] }),
      did({ granted: [allowance(permit2, 5n)] }),
      undefined,
    ],
    [
      'allows more',
      effects({ grants: [{ token: soldAt, to: permit2, units: 5n }] }),
      did({ granted: [allowance(permit2, 6n)] }),
      'otherAllowance',
    ],
    [
      'allows somebody else',
      effects({ grants: [{ token: soldAt, to: permit2 }] }),
      did({ granted: [allowance(thief, 1n)] }),
      'otherAllowance',
    ],
    ['gives a collection away', effects({}), did({ granted: [all] }), 'givesAll'],
    [
      'gives it to whom was read',
      effects({ grantsAll: [{ collection: soldAt, to: thief }] }),
      did({ granted: [all] }),
      undefined,
    ],
    ['hands a contract over', effects({}), did({ granted: [ownership] }), 'givesOwnership'],
    ['hands it to whom was read', effects({ ownership: [thief] }), did({ granted: [ownership] }), undefined],
    ['runs other code in the account’s name', effects({}), did({ delegateCalls: [thief] }), 'delegateCall'],
    ['nobody could read, and takes something', unknown, left, undefined],
    ['nobody could read, and gives everything away', unknown, did({ granted: [all] }), 'givesAll'],
  ] as const)('that %s', (_name, intent, inspection, beyond) => {
    expect(findBeyondIntent(intent, [], inspection, account)).toBe(beyond)
  })
})

describe('payments to several', () => {
  const coin: Token = { ...sold, ref: { chainId: 1 as ChainId, address: 'native' } }
  const hub = addressAt(20)
  const many: SigningIntent = {
    kind: 'multiSend',
    token: coin,
    units: baseUnits(5n),
    through: { address: hub, name: 'Multicall3' },
    payments: [
      { to: { address: friend }, units: baseUnits(2n) },
      { to: { address: router }, units: baseUnits(3n) },
    ],
  }
  const moves = (...moved: MovedUnits[]) => findBeyondIntent(many, [], did({ moved }), account)
  const paid = move('native', account, hub, 5n)
  const first = move('native', hub, friend, 2n)
  const second = move('native', hub, router, 3n)

  test('are what was read when everybody gets what he should', () => {
    expect(moves(paid, first, second)).toBeUndefined()
  })

  test.each([
    ['another gets it', [paid, first, move('native', hub, thief, 3n)]],
    ['somebody gets less', [paid, first, move('native', hub, router, 2n)]],
    ['a part stays behind', [paid, first]],
    ['somebody gets something besides', [paid, first, second, move('native', hub, thief, 1n)]],
    ['it goes past the contract', [move('native', account, thief, 5n), first, second]],
  ])('are refused where %s', (_, moved) => {
    expect(moves(...moved)).toBe('otherRecipient')
  })

  test('are refused where more leaves, or something else', () => {
    expect(moves(move('native', account, hub, 6n), first, second)).toBe('leavesMore')
    expect(moves(paid, first, second, move(soldAt, account, thief, 1n))).toBe('otherTokenLeaves')
  })
})
