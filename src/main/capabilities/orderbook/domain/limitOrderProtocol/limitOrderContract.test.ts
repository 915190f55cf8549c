import { createPublicClient, createWalletClient, encodeFunctionData, erc20Abi, http } from 'viem'
import { foundry } from 'viem/chains'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../../bench/orderbook/createWorkload.ts'
import {
  accountOf,
  createRpc,
  type LocalChain,
  startChain,
  waitForReceipt,
} from '../../../../../../devnet/index.ts'
import { type Address, chainIdSchema } from '../../../../../shared/identity/identity.ts'
import { decodeMakerTraits, encodeMakerTraits } from '../../../../../shared/limitOrder/makerTraits.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { computeFillByMaking, computeFillByTaking } from './computeFillAmounts.ts'
import { createSalt, encodeExtension } from './extension.ts'
import { hashLimitOrder, LIMIT_ORDER_CONTRACT, recoverSigner, toTypedData } from './hashLimitOrder.ts'
import { locateBit, readRemaining } from './invalidators.ts'
import { judgeOrder, type OrderFacts } from './judgeOrder.ts'
import { type LimitOrder, openTraits, shareOneBit, ZERO_ADDRESS } from './limitOrder.ts'
import { limitOrderAbi, toContractOrder } from './limitOrderAbi.ts'

const abi = limitOrderAbi
const BY_MAKING = 1n << 255n
const address = LIMIT_ORDER_CONTRACT
const domain = { chainId: chainIdSchema.parse(31337), contract: address }
const maker = accountOf('faucet')
const taker = accountOf('practice')

let chain: LocalChain
let weth: Address
let usdc: Address

function clients() {
  const transport = http(chain.rpcUrl)
  return {
    node: createPublicClient({ chain: foundry, transport }),
    wallet: createWalletClient({ chain: foundry, transport }),
  }
}

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
  expect(chain.manifest.contracts.limitOrderProtocol).toBe(address)
  const find = (symbol: string) => {
    const token = chain.manifest.tokenList.tokens.find((entry) => entry.symbol === symbol)
    if (token === undefined) throw new Error(`No ${symbol} on the local chain`)
    return token.address
  }
  weth = find('WETH')
  usdc = find('USDC')
  const { wallet } = clients()
  for (const account of [maker, taker]) {
    for (const token of [weth, usdc]) {
      const hash = await wallet.writeContract({
        account,
        address: token,
        abi: erc20Abi,
        functionName: 'approve',
        args: [address, 2n ** 255n],
      })
      await waitForReceipt(createRpc(chain.rpcUrl), hash)
    }
  }
}, 120_000)
afterAll(() => chain?.stop())

function makeOrder(more: Partial<LimitOrder> = {}): LimitOrder {
  return {
    salt: 7n << 160n,
    maker: maker.address,
    receiver: ZERO_ADDRESS,
    makerAsset: weth,
    takerAsset: usdc,
    makingAmount: 10n ** 17n,
    takingAmount: 298_740_001n,
    makerTraits: encodeMakerTraits(openTraits(0, 0n)),
    ...more,
  }
}

async function fillCall(order: LimitOrder, amount: bigint, takerTraits: bigint) {
  const signature = await maker.signTypedData(toTypedData(order, domain))
  const r = `0x${signature.slice(2, 66)}` as const
  const s = BigInt(`0x${signature.slice(66, 130)}`)
  const parity = BigInt(`0x${signature.slice(130)}`) - 27n
  const vs = `0x${((parity << 255n) | s).toString(16).padStart(64, '0')}` as const
  return {
    account: taker,
    address,
    abi,
    functionName: 'fillOrder',
    args: [toContractOrder(order), r, vs, amount, takerTraits],
  } as const
}

async function readFacts(order: LimitOrder): Promise<OrderFacts> {
  const { node } = clients()
  const nonce = decodeMakerTraits(order.makerTraits)?.nonceOrEpoch ?? 0n
  const hash = hashLimitOrder(order, domain)
  const [block, bitWord, rawRemaining, balance, allowance] = await Promise.all([
    node.getBlock(),
    node.readContract({ address, abi, functionName: 'bitInvalidatorForOrder', args: [order.maker, nonce] }),
    node.readContract({
      address,
      abi,
      functionName: 'rawRemainingInvalidatorForOrder',
      args: [order.maker, hash],
    }),
    node.readContract({
      address: order.makerAsset,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [order.maker],
    }),
    node.readContract({
      address: order.makerAsset,
      abi: erc20Abi,
      functionName: 'allowance',
      args: [order.maker, address],
    }),
  ])
  return {
    blockTimestampS: Number(block.timestamp),
    isSignedByMaker: true,
    bitWord,
    rawRemaining,
    epoch: 0n,
    predicateHolds: true,
    isContractPaused: false,
    balance,
    allowance,
  }
}

describe('against the contract', () => {
  it('hashes every order as the contract does', async () => {
    const random = createRandom(31)
    const word = (bits: number) => {
      let value = 0n
      for (let at = 0; at < bits; at += 32) value = (value << 32n) | BigInt(Math.floor(random() * 2 ** 32))
      return value & ((1n << BigInt(bits)) - 1n)
    }
    const someAddress = (): Address => `0x${word(160).toString(16).padStart(40, '0')}`
    const { node } = clients()
    for (let at = 0; at < runs(100); at += 1) {
      const order: LimitOrder = {
        salt: word(256),
        maker: someAddress(),
        receiver: someAddress(),
        makerAsset: someAddress(),
        takerAsset: someAddress(),
        makingAmount: word(256),
        takingAmount: word(at % 2 === 0 ? 64 : 256),
        makerTraits: word(256),
      }
      const expected = await node.readContract({
        address,
        abi,
        functionName: 'hashOrder',
        args: [toContractOrder(order)],
      })
      expect(hashLimitOrder(order, domain)).toBe(expected)
    }
  })

  it('computes what a fill moves to the unit, in parts, by either amount, or that it reverts', async () => {
    const random = createRandom(32)
    const { node, wallet } = clients()
    let order = makeOrder()
    let fills = 0
    for (let at = 0; at < runs(60); at += 1) {
      const { rawRemaining } = await readFacts(order)
      const remaining = readRemaining(order.makingAmount, rawRemaining)
      if (remaining === 0n) {
        order = makeOrder({
          salt: BigInt(at + 100) << 160n,
          takingAmount: 1n + BigInt(Math.floor(random() * 1e6)),
        })
        continue
      }
      const isByMaking = random() < 0.5
      const whole = isByMaking ? order.makingAmount : order.takingAmount
      const amount = (whole * BigInt(Math.floor(random() * 700))) / 1_000n + BigInt(Math.floor(random() * 3))
      const expected = isByMaking
        ? computeFillByMaking(order, amount, remaining)
        : computeFillByTaking(order, amount, remaining)
      const call = await fillCall(order, amount, isByMaking ? BY_MAKING : 0n)
      if (expected === undefined) {
        await expect(node.simulateContract(call)).rejects.toThrow()
        continue
      }
      const { result } = await node.simulateContract(call)
      expect(result.slice(0, 2)).toEqual([expected.making, expected.taking])
      await waitForReceipt(createRpc(chain.rpcUrl), await wallet.writeContract(call))
      const after = await readFacts(order)
      expect(readRemaining(order.makingAmount, after.rawRemaining)).toBe(remaining - expected.making)
      fills += 1
    }
    expect(fills).toBeGreaterThan(20)
  }, 120_000)

  it('one fill of orders that share a bit kills the others on chain', async () => {
    const { node, wallet } = clients()
    const legs = shareOneBit(
      [makeOrder({ salt: 1n << 200n }), makeOrder({ takingAmount: 310_000_000n })],
      777n,
    )
    const [first, second] = legs
    if (first === undefined || second === undefined) throw new Error('Two legs were asked for')
    const before = await readFacts(second)
    expect(judgeOrder(second, '0x', taker.address, before)).toEqual({
      kind: 'fillable',
      making: second.makingAmount,
      taking: second.takingAmount,
    })
    const call = await fillCall(first, 10n ** 16n, BY_MAKING)
    await waitForReceipt(createRpc(chain.rpcUrl), await wallet.writeContract(call))
    for (const leg of legs) {
      expect(judgeOrder(leg, '0x', taker.address, await readFacts(leg))).toEqual({ kind: 'usedUp' })
      await expect(node.simulateContract(await fillCall(leg, 1_000_000n, 0n))).rejects.toThrow()
    }
    const traits = decodeMakerTraits(first.makerTraits)
    expect(traits && locateBit(traits)).toEqual({ slot: 3n, mask: 1n << 9n })
  })

  it('knows a cancelled order, of either kind', async () => {
    const { wallet } = clients()
    const counted = makeOrder({ salt: 5n << 200n })
    for (const order of [counted, ...shareOneBit([counted], 900n)]) {
      const args = [order.makerTraits, hashLimitOrder(order, domain)] as const
      const hash = await wallet.writeContract({
        account: maker,
        address,
        abi,
        functionName: 'cancelOrder',
        args,
      })
      await waitForReceipt(createRpc(chain.rpcUrl), hash)
      expect(judgeOrder(order, '0x', taker.address, await readFacts(order))).toEqual({ kind: 'usedUp' })
    }
  })

  it('binds an extension by the salt as the contract checks it', async () => {
    const { node } = clients()
    const none = '0x'
    const extension = encodeExtension({
      makerAssetSuffix: none,
      takerAssetSuffix: none,
      makingAmountData: none,
      takingAmountData: none,
      predicate: none,
      makerPermit: none,
      preInteraction: none,
      postInteraction: none,
      customData: '0xc0ffee',
    })
    const traits = { ...openTraits(0, 0n), hasExtension: true }
    const withSalt = (salt: bigint) => makeOrder({ salt, makerTraits: encodeMakerTraits(traits) })
    const fill = async (order: LimitOrder) => {
      const call = await fillCall(order, 10n ** 15n, BY_MAKING | (BigInt(extension.length / 2 - 1) << 224n))
      return node.simulateContract({
        ...call,
        functionName: 'fillOrderArgs',
        args: [...call.args, extension],
      })
    }
    const bound = withSalt(createSalt(99n, extension))
    expect((await fill(bound)).result[0]).toBe(10n ** 15n)
    expect(judgeOrder(bound, extension, taker.address, await readFacts(bound)).kind).toBe('fillable')
    const loose = withSalt(99n << 160n)
    await expect(fill(loose)).rejects.toThrow()
    expect(judgeOrder(loose, extension, taker.address, await readFacts(loose))).toEqual({
      kind: 'malformed',
      reason: 'extensionNotBound',
    })
  })

  it('recovers the maker from a signature, and nobody from noise', async () => {
    const order = makeOrder()
    const hash = hashLimitOrder(order, domain)
    const signature = await maker.signTypedData(toTypedData(order, domain))
    expect(await recoverSigner(hash, signature)).toBe(maker.address)
    expect(await recoverSigner(hash, `0x${'00'.repeat(65)}`)).toBeUndefined()
    expect(await recoverSigner(hash, '0x1234')).toBeUndefined()
    expect(
      encodeFunctionData({ abi, functionName: 'hashOrder', args: [toContractOrder(order)] }),
    ).toHaveLength(2 + 8 + 8 * 64)
  })
})
