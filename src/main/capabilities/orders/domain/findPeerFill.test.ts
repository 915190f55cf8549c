import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SignedOrderId } from '../../../../shared/contract/signedOrders.ts'
import { type Address, chainIdSchema } from '../../../../shared/identity/identity.ts'
import { encodeMakerTraits } from '../../../../shared/limitOrder/makerTraits.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { runs } from '../../../../shared/testing/thoroughness.ts'
import { openTraits } from '../../orderbook/index.ts'
import type { FillableOrder } from '../../signedOrders/index.ts'
import { findPeerFill, gainOf, type PeerFillRequest } from './findPeerFill.ts'
import { isAtRate } from './orderPrices.ts'

const usdc: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const weth: Address = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2'
const maker: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const account: Address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

function peer(making: bigint, taking: bigint, more: Partial<FillableOrder> & { whole?: boolean } = {}) {
  const { whole = false, ...changes } = more
  const traits = { ...openTraits(1_000, 0n), allowsPartialFills: !whole, allowsMultipleFills: !whole }
  const order: FillableOrder = {
    id: `31337:${making}` as SignedOrderId,
    signed: {
      chainId: chainIdSchema.parse(31337),
      contract: maker,
      order: {
        salt: 1n,
        maker,
        receiver: '0x0000000000000000000000000000000000000000',
        makerAsset: weth,
        takerAsset: usdc,
        makingAmount: making,
        takingAmount: taking,
        makerTraits: encodeMakerTraits(traits),
      },
      extension: '0x',
      signature: '0x',
    },
    isByKey: true,
    making,
    taking,
    addedAtMs: 0,
    expiresAtS: 1_000,
    ...changes,
  }
  return order
}

const request = (changes: Partial<PeerFillRequest> = {}): PeerFillRequest => ({
  account,
  tokenIn: usdc,
  tokenOut: weth,
  size: 1_000n,
  minimumFill: 0n,
  isWhole: false,
  rate: { sold: baseUnits(10n), bought: baseUnits(1n) },
  expiresAtMs: 2_000_000,
  fee: 0n,
  isAllowed: () => true,
  ...changes,
})

describe('the signed order that an armed one takes', () => {
  it('never breaks its price, its size, or the order’s own, and gains more than its fee', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 24n })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount, fc.boolean()), { maxLength: 6 }),
        amount,
        amount,
        amount,
        fc.bigInt({ min: 0n, max: 10n ** 6n }),
        (offers, size, sold, bought, fee) => {
          const peers = offers.map(([making, taking, whole]) => peer(making, taking, { whole }))
          const rate = { sold: baseUnits(sold), bought: baseUnits(bought) }
          const found = findPeerFill(peers, request({ size, rate, fee }))
          if (!found) return
          expect(found.sold).toBeLessThanOrEqual(size)
          expect(found.sold).toBeLessThanOrEqual(found.peer.taking)
          expect(found.bought).toBeLessThanOrEqual(found.peer.making)
          expect(isAtRate(found.sold, found.bought, rate)).toBe(true)
          expect(gainOf(found, rate)).toBeGreaterThanOrEqual(0n)
          const { makingAmount, takingAmount } = found.peer.signed.order
          // The maker's price, rounded for the maker.
          expect(found.sold * makingAmount).toBeGreaterThanOrEqual(found.bought * takingAmount)
        },
      ),
      { seed: 7, numRuns: runs(500) },
    )
  })

  it('is the one that gains most, and of equal ones the oldest', () => {
    const late = peer(200n, 1_000n, { addedAtMs: 2 })
    const early = peer(200n, 1_000n, { addedAtMs: 1 })
    expect(findPeerFill([peer(150n, 1_000n), late, early], request())?.peer).toBe(early)
  })

  it.each<[string, Parameters<typeof peer>[2] & { taking?: bigint }, Parameters<typeof request>[0]]>([
    ['of the account itself', {}, { account: maker }],
    ['at a worse price', { taking: 3_000n }, {}],
    ['that ends after the rule', { expiresAtS: 3_000 }, {}],
    ['that never ends', { expiresAtS: 0 }, {}],
    ['that names somebody else', {}, { isAllowed: () => false }],
    ['smaller than the smallest fill', {}, { minimumFill: 1_000n, size: 5_000n }],
    ['too small for all or nothing', {}, { isWhole: true, size: 5_000n }],
    ['of which the fee takes the gain', {}, { fee: 1_000n }],
    ['of another pair', {}, { tokenIn: weth, tokenOut: usdc }],
  ])('is none %s', (_name, { taking = 500n, ...changes }, asked) => {
    expect(findPeerFill([peer(100n, taking, changes)], request(asked))).toBeUndefined()
  })

  it('is taken as a whole or not at all where its maker wants that', () => {
    expect(findPeerFill([peer(400n, 2_000n, { whole: true })], request())).toBeUndefined()
    expect(findPeerFill([peer(400n, 2_000n)], request())).toMatchObject({ sold: 1_000n, bought: 200n })
  })
})
