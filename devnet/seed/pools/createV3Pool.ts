import { decodeFunctionResult, encodeFunctionData, type Hex, maxUint256, parseAbi } from 'viem'
import { CANONICAL_ADDRESSES } from '../../deploy/canonicalAddresses.ts'
import type { SeedingChain } from '../../deploy/seedingChain.ts'
import type { PoolEntry } from '../../manifest.ts'
import type { LiquidityProvider } from '../liquidityProvider.ts'
import type { PlannedPosition } from './planPositions.ts'
import type { PoolAmounts } from './poolAmounts.ts'

const positionManagerAbi = parseAbi([
  'function createAndInitializePoolIfNecessary(address token0, address token1, uint24 fee, uint160 sqrtPriceX96) payable returns (address pool)',
  'struct MintParams { address token0; address token1; uint24 fee; int24 tickLower; int24 tickUpper; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; address recipient; uint256 deadline; }',
  'function mint(MintParams params) payable returns (uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)',
])
const factoryAbi = parseAbi(['function getPool(address, address, uint24) view returns (address)'])

/** Creates a V3 pool at its price and opens the planned positions. */
export async function createV3Pool(
  chain: SeedingChain,
  provider: LiquidityProvider,
  amounts: PoolAmounts,
  fee: number,
  tickSpacing: number,
  positions: PlannedPosition[],
): Promise<PoolEntry> {
  const { token0, token1, amount0, amount1, sqrtPriceX96 } = amounts
  const to = CANONICAL_ADDRESSES.uniswapV3PositionManager
  const create = encodeFunctionData({
    abi: positionManagerAbi,
    functionName: 'createAndInitializePoolIfNecessary',
    args: [token0, token1, fee, sqrtPriceX96],
  })
  const mints = positions.map(({ tickLower, tickUpper, shareBps }) =>
    encodeFunctionData({
      abi: positionManagerAbi,
      functionName: 'mint',
      args: [
        {
          token0,
          token1,
          fee,
          tickLower,
          tickUpper,
          amount0Desired: (amount0 * shareBps) / 10_000n,
          amount1Desired: (amount1 * shareBps) / 10_000n,
          amount0Min: 0n,
          amount1Min: 0n,
          recipient: provider.address,
          deadline: maxUint256,
        },
      ],
    }),
  )
  await provider.execute([create, ...mints].map((data) => ({ to, data })))
  const query = encodeFunctionData({ abi: factoryAbi, functionName: 'getPool', args: [token0, token1, fee] })
  const answer = await chain.rpc<Hex>(
    'eth_call',
    { to: CANONICAL_ADDRESSES.uniswapV3Factory, data: query },
    'latest',
  )
  const address = decodeFunctionResult({ abi: factoryAbi, functionName: 'getPool', data: answer })
  return { kind: 'uniswapV3', tokens: [token0, token1], fee, tickSpacing, address }
}
