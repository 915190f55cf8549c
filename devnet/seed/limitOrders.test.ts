import { erc20Abi, hashTypedData, maxUint256, parseAbi, parseSignature, zeroAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { CANONICAL_ADDRESSES } from '../deploy/canonicalAddresses.ts'
import { setUpTestChain } from '../testing/setUpTestChain.ts'
import { transact } from '../testing/transact.ts'

const test = setUpTestChain()
const protocol = CANONICAL_ADDRESSES.limitOrderProtocol

const protocolAbi = parseAbi([
  'struct Order { uint256 salt; uint256 maker; uint256 receiver; uint256 makerAsset; uint256 takerAsset; uint256 makingAmount; uint256 takingAmount; uint256 makerTraits; }',
  'function fillOrder(Order order, bytes32 r, bytes32 vs, uint256 amount, uint256 takerTraits) payable returns (uint256, uint256, bytes32)',
  'function cancelOrder(uint256 makerTraits, bytes32 orderHash)',
  'error BitInvalidatedOrder()',
  'error InvalidatedOrder()',
  'error BadSignature()',
])
const orderTypes = {
  Order: [
    { name: 'salt', type: 'uint256' },
    { name: 'maker', type: 'address' },
    { name: 'receiver', type: 'address' },
    { name: 'makerAsset', type: 'address' },
    { name: 'takerAsset', type: 'address' },
    { name: 'makingAmount', type: 'uint256' },
    { name: 'takingAmount', type: 'uint256' },
    { name: 'makerTraits', type: 'uint256' },
  ],
} as const
const domain = {
  name: '1inch Aggregation Router',
  version: '6',
  chainId: 31337,
  verifyingContract: protocol,
} as const

/** Maker trait: what remains after a fill may be filled again. */
const ALLOW_MULTIPLE_FILLS = 1n << 254n

/** The friend sells 1000 USDC for 0.28 WETH, signed. */
async function signOrder(makerTraits: bigint) {
  const typed = {
    salt: 7n,
    maker: ACCOUNT_ADDRESSES.friend,
    receiver: zeroAddress,
    makerAsset: test.token('USDC'),
    takerAsset: CANONICAL_ADDRESSES.weth,
    makingAmount: 1_000_000_000n as bigint,
    takingAmount: 280_000_000_000_000_000n as bigint,
    makerTraits,
  } as const
  const wallet = test.wallet('friend')
  const definition = { domain, types: orderTypes, primaryType: 'Order', message: typed } as const
  const { r, s, yParity } = parseSignature(
    await wallet.signTypedData({ account: wallet.account, ...definition }),
  )
  const vs = `0x${(BigInt(s) | (BigInt(yParity) << 255n)).toString(16).padStart(64, '0')}` as const
  const order = {
    ...typed,
    maker: BigInt(typed.maker),
    receiver: 0n,
    makerAsset: BigInt(typed.makerAsset),
    takerAsset: BigInt(typed.takerAsset),
  }
  return { order, r, vs, hash: hashTypedData(definition) }
}

async function approveBothSides() {
  const approve = { abi: erc20Abi, functionName: 'approve', args: [protocol, maxUint256] } as const
  await transact(test, test.wallet('friend'), { address: test.token('USDC'), ...approve })
  await transact(test, test.wallet('practice'), { address: CANONICAL_ADDRESSES.weth, ...approve })
}

describe('the 1inch Limit Order Protocol', () => {
  it('fills a signed order in part and then the rest, at its price', async () => {
    await approveBothSides()
    const { order, r, vs } = await signOrder(ALLOW_MULTIPLE_FILLS)
    const usdc = (account: `0x${string}`) =>
      test.client.readContract({
        address: test.token('USDC'),
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [account],
      })
    const before = await usdc(ACCOUNT_ADDRESSES.practice)
    for (const amount of [70_000_000_000_000_000n, 210_000_000_000_000_000n]) {
      await transact(test, test.wallet('practice'), {
        address: protocol,
        abi: protocolAbi,
        functionName: 'fillOrder',
        args: [order, r, vs, amount, 0n],
      })
    }
    expect((await usdc(ACCOUNT_ADDRESSES.practice)) - before).toBe(1_000_000_000n)
    const again = transact(test, test.wallet('practice'), {
      address: protocol,
      abi: protocolAbi,
      functionName: 'fillOrder',
      args: [order, r, vs, 1n, 0n],
    })
    await expect(again).rejects.toThrow('Error: InvalidatedOrder()')
  })

  it('refuses a cancelled order, and one that was changed after signing', async () => {
    await approveBothSides()
    const { order, r, vs, hash } = await signOrder(0n)
    const fill = (changed: typeof order) =>
      transact(test, test.wallet('practice'), {
        address: protocol,
        abi: protocolAbi,
        functionName: 'fillOrder',
        args: [changed, r, vs, 1_000_000_000_000_000n, 0n],
      })
    await expect(fill({ ...order, takingAmount: order.takingAmount - 1n })).rejects.toThrow('BadSignature')
    await transact(test, test.wallet('friend'), {
      address: protocol,
      abi: protocolAbi,
      functionName: 'cancelOrder',
      args: [order.makerTraits, hash],
    })
    await expect(fill(order)).rejects.toThrow('Error: BitInvalidatedOrder()')
  })
})
