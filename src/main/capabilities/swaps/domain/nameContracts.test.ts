import { expect, test } from 'vitest'
import type { Address, ChainId, Hash } from '../../../../shared/identity/identity.ts'
import { nameSwapContract } from './nameSwapContract.ts'
import { nameTradeContracts } from './nameTradeContracts.ts'
import { computeV2Pair, computeV3Pool } from './poolAddresses.ts'
import type { SwapVenues } from './SwapVenues.ts'

const address = (index: number): Address => `0x${index.toString(16).padStart(40, '0')}`
const initCodeHash: Hash = `0x${'ab'.repeat(32)}`
const venues: SwapVenues = {
  chainId: 1 as ChainId,
  wrappedNative: address(1),
  universalRouter: address(2),
  permit2: address(3),
  uniswapV2: { factory: address(4), initCodeHash },
  connectors: [],
  forks: [
    {
      name: 'PancakeSwap',
      universalRouter: address(5),
      permit2: address(6),
      uniswapV2: { factory: address(7), initCodeHash },
      uniswapV3: { factory: address(8), initCodeHash, tiers: [[2_500, 50]] },
    },
    { name: 'Sharing', universalRouter: address(9), permit2: address(3) },
  ],
  curve: { metaRegistry: address(10), router: address(11) },
  vaults: [{ share: address(12), asset: address(13) }],
  publicRouters: [],
  relays: [],
  publicChannel: 'mempool',
}
const [a, b] = [address(20), address(21)]

test('forks, their pools, the router of Curve and vaults have names', () => {
  const names = nameTradeContracts(venues, [a, b])
  const named = (of: Address) => names.get(of.toLowerCase())?.name
  expect(named(address(5))).toBe('PancakeSwap Universal Router')
  expect(named(address(6))).toBe('Permit2 (PancakeSwap)')
  expect(named(address(11))).toBe('Curve router')
  expect(named(address(12))).toBe('ERC-4626 vault')
  expect(named(computeV2Pair(address(4), initCodeHash, a, b))).toBe('Uniswap v2 pool')
  expect(named(computeV2Pair(address(7), initCodeHash, a, b))).toBe('PancakeSwap v2 pool')
  expect(named(computeV3Pool(address(8), initCodeHash, a, b, 2_500))).toBe('PancakeSwap v3 pool 0.25%')
  expect(named(computeV3Pool(address(8), initCodeHash, a, b, 3_000))).toBeUndefined()
})

test('a Permit2 that a fork shares keeps its name', () => {
  expect(nameTradeContracts(venues, []).get(address(3))?.name).toBe('Permit2')
  expect(nameSwapContract(venues, address(3))).toBe('Permit2')
})

test('a transaction to any of them says whose it is', () => {
  const named = [5, 6, 11, 12].map((index) => nameSwapContract(venues, address(index)))
  expect(named).toEqual(['PancakeSwap', 'Permit2 (PancakeSwap)', 'Curve', 'ERC-4626 vault'])
  expect(nameSwapContract(venues, address(99))).toBeUndefined()
})
