import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, maxUint256, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES } from '../../accounts.ts'
import { CANONICAL_ADDRESSES } from '../../deploy/canonicalAddresses.ts'
import type { SeedingChain } from '../../deploy/seedingChain.ts'
import type { PoolEntry } from '../../manifest.ts'
import type { LiquidityProvider } from '../liquidityProvider.ts'
import type { PoolAmounts } from './poolAmounts.ts'

const factoryAbi = parseAbi([
  'function createPair(address tokenA, address tokenB) returns (address)',
  'function getPair(address tokenA, address tokenB) view returns (address)',
])
const routerAbi = parseAbi([
  'function addLiquidity(address tokenA, address tokenB, uint256 amountADesired, uint256 amountBDesired, uint256 amountAMin, uint256 amountBMin, address to, uint256 deadline)',
])

/** Creates a pair, lets the caller admit its address where a token asks for that, and adds the liquidity. */
export async function createV2Pool(
  chain: SeedingChain,
  provider: LiquidityProvider,
  amounts: PoolAmounts,
  admit: (pair: Address) => Promise<void> = async () => {},
): Promise<PoolEntry> {
  const { token0, token1, amount0, amount1 } = amounts
  const factory = CANONICAL_ADDRESSES.uniswapV2Factory
  await chain.write(ACCOUNT_ADDRESSES.liquidityProvider, factory, factoryAbi, 'createPair', [token0, token1])
  const query = encodeFunctionData({ abi: factoryAbi, functionName: 'getPair', args: [token0, token1] })
  const answer = await chain.rpc<Hex>('eth_call', { to: factory, data: query }, 'latest')
  const pair = decodeFunctionResult({ abi: factoryAbi, functionName: 'getPair', data: answer })
  await admit(pair)
  await provider.execute([
    {
      to: CANONICAL_ADDRESSES.uniswapV2Router02,
      data: encodeFunctionData({
        abi: routerAbi,
        functionName: 'addLiquidity',
        args: [token0, token1, amount0, amount1, 0n, 0n, provider.address, maxUint256],
      }),
    },
  ])
  return { kind: 'uniswapV2', tokens: [token0, token1], fee: 3000, address: pair }
}
