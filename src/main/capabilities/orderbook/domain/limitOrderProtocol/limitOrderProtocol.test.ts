import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chainIdSchema } from '../../../../../shared/identity/identity.ts'
import {
  decodeMakerTraits,
  encodeMakerTraits,
  toAllowedSender,
} from '../../../../../shared/limitOrder/makerTraits.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { computeFillByMaking, computeFillByTaking } from './computeFillAmounts.ts'
import { bindsExtension, createSalt, decodeExtension, encodeExtension } from './extension.ts'
import { findFreeNonce, readRemaining } from './invalidators.ts'
import { judgeOrder, type OrderFacts } from './judgeOrder.ts'
import { type LimitOrder, openTraits, shareOneBit, ZERO_ADDRESS } from './limitOrder.ts'
import { formatOrderFile, formatOrderLink, parseSignedOrder, type SignedOrder } from './signedOrderFormat.ts'

const bits = (count: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(count) - 1n })
const hex = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes): `0x${string}` => `0x${Buffer.from(bytes).toString('hex')}`)
const address = bits(160).map((value): `0x${string}` => `0x${value.toString(16).padStart(40, '0')}`)

const traits = fc.record({
  allowedSender: bits(80),
  expiresAtS: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
  nonceOrEpoch: bits(40),
  series: bits(40),
  allowsPartialFills: fc.boolean(),
  allowsMultipleFills: fc.boolean(),
  needsPreInteraction: fc.boolean(),
  needsPostInteraction: fc.boolean(),
  checksEpoch: fc.boolean(),
  hasExtension: fc.boolean(),
  usesPermit2: fc.boolean(),
  unwrapsWeth: fc.boolean(),
})

const alice = `0x${'a1'.repeat(20)}` as const
const bob = `0x${'b2'.repeat(20)}` as const
const order: LimitOrder = {
  salt: 1n << 160n,
  maker: alice,
  receiver: ZERO_ADDRESS,
  makerAsset: `0x${'11'.repeat(20)}`,
  takerAsset: `0x${'22'.repeat(20)}`,
  makingAmount: 1_000n,
  takingAmount: 3n,
  makerTraits: encodeMakerTraits(openTraits(5_000, 0n)),
}
const facts: OrderFacts = {
  blockTimestampS: 4_000,
  isSignedByMaker: true,
  bitWord: 0n,
  rawRemaining: 0n,
  epoch: 0n,
  predicateHolds: true,
  isContractPaused: false,
  balance: 2_000n,
  allowance: 3_000n,
}

describe("the maker's traits", () => {
  it('read back as written', () => {
    fc.assert(
      fc.property(traits, (value) => {
        expect(decodeMakerTraits(encodeMakerTraits(value))).toEqual(value)
      }),
      { seed: 7 },
    )
  })

  it('refuse bits that the protocol does not define, and fields that do not fit', () => {
    for (const bit of [200n, 246n, 253n]) expect(decodeMakerTraits(1n << bit)).toBeUndefined()
    expect(() => encodeMakerTraits({ ...openTraits(0, 0n), nonceOrEpoch: 1n << 40n })).toThrow(RangeError)
    expect(() => encodeMakerTraits(openTraits(-1, 0n))).toThrow(RangeError)
  })

  it('share a bit only for one maker and without an epoch', () => {
    expect(() => shareOneBit([order, { ...order, maker: bob }], 1n)).toThrow(RangeError)
    const withEpoch = encodeMakerTraits({ ...openTraits(0, 0n), checksEpoch: true })
    expect(() => shareOneBit([{ ...order, makerTraits: withEpoch }], 1n)).toThrow(RangeError)
  })
})

describe('extensions', () => {
  it('read back as written, and are bound by their salt only', () => {
    const fields = fc.record({
      makerAssetSuffix: hex(8),
      takerAssetSuffix: hex(8),
      makingAmountData: hex(40),
      takingAmountData: hex(40),
      predicate: hex(40),
      makerPermit: hex(40),
      preInteraction: hex(40),
      postInteraction: hex(40),
      customData: hex(40),
    })
    fc.assert(
      fc.property(fields, bits(96), (extension, random) => {
        const bytes = encodeExtension(extension)
        expect(decodeExtension(bytes)).toEqual(extension)
        const salt = createSalt(random, bytes)
        expect(bindsExtension(salt, bytes)).toBe(true)
        expect(bindsExtension(salt ^ 1n, bytes)).toBe(false)
      }),
      { seed: 7 },
    )
  })

  it('are refused when their offsets do not fit their bytes', () => {
    expect(decodeExtension('0x00')).toBeUndefined()
    expect(decodeExtension(`0x${'0'.repeat(63)}1`)).toBeUndefined()
    expect(decodeExtension(`0x${'0'.repeat(48)}0000000100000002ffff`)).toBeUndefined()
    expect(() => createSalt(1n << 96n, '0x')).toThrow(RangeError)
  })
})

describe('amounts', () => {
  it('never give more than remains, and never for less than the ratio', () => {
    const amounts = fc.record({
      making: bits(100),
      taking: bits(100),
      asked: bits(100),
      remaining: bits(100),
    })
    fc.assert(
      fc.property(amounts, ({ making, taking, asked, remaining }) => {
        const filled = { ...order, makingAmount: making + 1n, takingAmount: taking + 1n }
        const left = remaining % (filled.makingAmount + 1n)
        for (const compute of [computeFillByMaking, computeFillByTaking]) {
          const fill = compute(filled, asked, left)
          if (fill === undefined) continue
          expect(fill.making <= left).toBe(true)
          expect(fill.taking * filled.makingAmount >= fill.making * filled.takingAmount).toBe(true)
          if (compute === computeFillByTaking) expect(fill.taking <= asked).toBe(true)
        }
      }),
      { seed: 7, numRuns: runs(2_000) },
    )
  })

  it('revert where the contract would overflow', () => {
    const huge = { ...order, makingAmount: 2n ** 255n, takingAmount: 2n ** 255n }
    expect(computeFillByMaking(huge, 2n ** 200n, 2n ** 255n)).toBeUndefined()
    expect(computeFillByTaking(huge, 2n ** 200n, 2n ** 255n)).toBeUndefined()
  })
})

describe('invalidators', () => {
  it('count what remains by complement', () => {
    expect(readRemaining(10n, 0n)).toBe(10n)
    expect(readRemaining(10n, 2n ** 256n - 1n)).toBe(0n)
    expect(readRemaining(10n, 2n ** 256n - 1n - 4n)).toBe(4n)
  })

  it('find the lowest free bit', () => {
    const full = 2n ** 256n - 1n
    expect(
      findFreeNonce([
        { slot: 0n, word: full },
        { slot: 1n, word: 0b1011n },
      ]),
    ).toBe(258n)
    expect(() => findFreeNonce([{ slot: 0n, word: full }])).toThrow(RangeError)
  })
})

describe('judgeOrder', () => {
  const judge = (
    more: Partial<LimitOrder>,
    changed: Partial<OrderFacts> = {},
    extension: `0x${string}` = '0x',
  ) => judgeOrder({ ...order, ...more }, extension, bob, { ...facts, ...changed })
  const withTraits = (more: Partial<ReturnType<typeof openTraits>>) => ({
    makerTraits: encodeMakerTraits({ ...openTraits(5_000, 0n), ...more }),
  })

  it('says how much can be filled, and what all of it costs', () => {
    expect(judge({})).toEqual({ kind: 'fillable', making: 1_000n, taking: 3n })
    expect(judge({}, { balance: 400n })).toEqual({ kind: 'fillable', making: 400n, taking: 2n })
  })

  it.each([
    ['unknown traits', judge({ makerTraits: 1n << 253n }), { kind: 'malformed', reason: 'unknownTraits' }],
    ['no amount', judge({ takingAmount: 0n }), { kind: 'malformed', reason: 'zeroAmount' }],
    ['one token', judge({ takerAsset: order.makerAsset }), { kind: 'malformed', reason: 'sameAsset' }],
    [
      'an epoch with a bit',
      judge(withTraits({ checksEpoch: true, allowsMultipleFills: false })),
      { kind: 'malformed', reason: 'epochWithBit' },
    ],
    ['too much', judge({}, {}, '0x12'), { kind: 'malformed', reason: 'extensionUnexpected' }],
    [
      'too little',
      judge(withTraits({ hasExtension: true })),
      { kind: 'malformed', reason: 'extensionMissing' },
    ],
    ['a false signature', judge({}, { isSignedByMaker: false }), { kind: 'badSignature' }],
    [
      "somebody else's name",
      judge(withTraits({ allowedSender: toAllowedSender(alice) })),
      { kind: 'forSomebodyElse' },
    ],
    ['a late block', judge({}, { blockTimestampS: 5_001 }), { kind: 'expired', atS: 5_000 }],
    ['an old epoch', judge(withTraits({ checksEpoch: true }), { epoch: 1n }), { kind: 'epochOver' }],
    ['a full fill', judge({}, { rawRemaining: 2n ** 256n - 1n }), { kind: 'usedUp' }],
    ['a pause', judge({}, { isContractPaused: true }), { kind: 'contractPaused' }],
    [
      'an empty purse',
      judge({}, { balance: 0n }),
      { kind: 'unfunded', remaining: 1_000n, available: 0n, limit: 'balance' },
    ],
    [
      'too little allowed for all or nothing',
      judge(withTraits({ allowsPartialFills: false }), { allowance: 999n }),
      { kind: 'unfunded', remaining: 1_000n, available: 999n, limit: 'allowance' },
    ],
  ])('finds %s', (_, verdict, expected) => {
    expect(verdict).toEqual(expected)
  })

  it('fills in the very second of the expiry, as the contract does', () => {
    expect(judge({}, { blockTimestampS: 5_000 }).kind).toBe('fillable')
  })

  it('takes an extension with a predicate, and none that changes the price', () => {
    const none = '0x'
    const empty = {
      makerAssetSuffix: none,
      takerAssetSuffix: none,
      makingAmountData: none,
      takingAmountData: none,
      predicate: none,
      makerPermit: none,
      preInteraction: none,
      postInteraction: none,
      customData: none,
    } as const
    const judged = (extension: `0x${string}`, changed: Partial<OrderFacts> = {}) =>
      judge({ ...withTraits({ hasExtension: true }), salt: createSalt(1n, extension) }, changed, extension)
    const predicate = encodeExtension({ ...empty, predicate: '0x1234' })
    expect(judged(predicate).kind).toBe('fillable')
    expect(judged(predicate, { predicateHolds: false })).toEqual({ kind: 'predicateFails' })
    const getter = encodeExtension({ ...empty, makingAmountData: '0x1234' })
    expect(judged(getter)).toEqual({ kind: 'malformed', reason: 'extensionUnsupported' })
    expect(judged('0x12')).toEqual({ kind: 'malformed', reason: 'extensionUnreadable' })
  })
})

describe('signed orders as text', () => {
  const word = bits(256)
  const signedOrders: fc.Arbitrary<SignedOrder> = fc.record({
    chainId: fc.integer({ min: 1, max: 2 ** 40 }).map((id) => chainIdSchema.parse(id)),
    contract: address,
    order: fc.record({
      salt: word,
      maker: address,
      receiver: address,
      makerAsset: address,
      takerAsset: address,
      makingAmount: word.map((value) => value || 1n),
      takingAmount: word.map((value) => value || 1n),
      makerTraits: word,
    }),
    extension: hex(100),
    signature: hex(65),
  })

  it('come back as they went, as a link and as a file', () => {
    fc.assert(
      fc.property(signedOrders, (signed) => {
        for (const text of [formatOrderLink(signed), formatOrderFile(signed)]) {
          expect(parseSignedOrder(text)).toEqual({ kind: 'order', signed })
        }
      }),
      { seed: 7 },
    )
  })

  it('are known to be damaged when one character differs', () => {
    fc.assert(
      fc.property(signedOrders, fc.nat(), fc.constantFrom('A', 'b', '7', '_'), (signed, place, character) => {
        const link = formatOrderLink(signed)
        const at = 'minato:order/'.length + (place % (link.length - 'minato:order/'.length))
        fc.pre(link[at] !== character)
        const parsed = parseSignedOrder(link.slice(0, at) + character + link.slice(at + 1))
        expect(['damaged', 'newerVersion']).toContain(parsed.kind)
      }),
      { seed: 7, numRuns: runs(500) },
    )
  })

  it.each([
    ['', 'notAnOrder'],
    ['hello', 'notAnOrder'],
    ['{"format":"something else"}', 'notAnOrder'],
    ['{"format":"minato-limit-order","version":2}', 'newerVersion'],
    ['{"format":"minato-limit-order","version":1,"order":"","extra":1}', 'damaged'],
    ['minato:order/', 'damaged'],
    ['minato:order/AgAA', 'newerVersion'],
    ['minato:order/%%%', 'damaged'],
    ['x'.repeat(50_000), 'notAnOrder'],
  ])('tell what %s is', (text, kind) => {
    expect(parseSignedOrder(text).kind).toBe(kind)
  })
})
