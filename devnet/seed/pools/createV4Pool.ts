import {
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  keccak256,
  maxUint256,
  numberToHex,
  parseAbi,
  parseAbiParameters,
  zeroAddress,
} from 'viem'
import { CANONICAL_ADDRESSES } from '../../deploy/canonicalAddresses.ts'
import type { PoolEntry } from '../../manifest.ts'
import type { LiquidityProvider } from '../liquidityProvider.ts'
import type { PlannedPosition } from './planPositions.ts'
import type { PoolAmounts } from './poolAmounts.ts'
import { liquidityForAmounts, sqrtPriceX96AtTick } from './priceMath.ts'

// Action codes of v4-periphery's Actions library.
const MINT_POSITION = 0x02
const CLOSE_CURRENCY = 0x12
const SWEEP = 0x14
const MAX_UINT128 = 2n ** 128n - 1n

const poolKeyTuple = '(address currency0, address currency1, uint24 fee, int24 tickSpacing, address hooks)'
const mintParameters = parseAbiParameters(
  `${poolKeyTuple}, int24, int24, uint256, uint128, uint128, address, bytes`,
)
const positionManagerAbi = parseAbi([
  `function initializePool(${poolKeyTuple} key, uint160 sqrtPriceX96) payable returns (int24)`,
  'function modifyLiquidities(bytes unlockData, uint256 deadline) payable',
])

/** Creates a V4 pool without hooks at its price and opens the planned positions in one unlock. */
export async function createV4Pool(
  provider: LiquidityProvider,
  amounts: PoolAmounts,
  fee: number,
  tickSpacing: number,
  positions: PlannedPosition[],
): Promise<PoolEntry> {
  const { token0, token1, amount0, amount1, sqrtPriceX96 } = amounts
  const key = { currency0: token0, currency1: token1, fee, tickSpacing, hooks: zeroAddress } as const
  const mints = positions.map(({ tickLower, tickUpper, shareBps }) => {
    const liquidity = liquidityForAmounts(
      sqrtPriceX96,
      sqrtPriceX96AtTick(tickLower),
      sqrtPriceX96AtTick(tickUpper),
      (amount0 * shareBps) / 10_000n,
      (amount1 * shareBps) / 10_000n,
    )
    return encodeAbiParameters(mintParameters, [
      key,
      tickLower,
      tickUpper,
      liquidity,
      MAX_UINT128,
      MAX_UINT128,
      provider.address,
      '0x',
    ])
  })
  const currency = (address: Hex) => encodeAbiParameters([{ type: 'address' }], [address])
  const sweep = encodeAbiParameters(parseAbiParameters('address, address'), [zeroAddress, provider.address])
  const actions = concatHex(
    [...mints.map(() => MINT_POSITION), CLOSE_CURRENCY, CLOSE_CURRENCY, SWEEP].map((code) =>
      numberToHex(code, { size: 1 }),
    ),
  )
  const unlockData = encodeAbiParameters(parseAbiParameters('bytes, bytes[]'), [
    actions,
    [...mints, currency(token0), currency(token1), sweep],
  ])
  const to = CANONICAL_ADDRESSES.uniswapV4PositionManager
  await provider.execute([
    {
      to,
      data: encodeFunctionData({
        abi: positionManagerAbi,
        functionName: 'initializePool',
        args: [key, sqrtPriceX96],
      }),
    },
    {
      to,
      // Ether beyond what the positions take is swept back.
      value: token0 === zeroAddress ? amount0 * 2n : 0n,
      data: encodeFunctionData({
        abi: positionManagerAbi,
        functionName: 'modifyLiquidities',
        args: [unlockData, maxUint256],
      }),
    },
  ])
  const poolId = keccak256(encodeAbiParameters(parseAbiParameters(poolKeyTuple), [key]))
  return { kind: 'uniswapV4', tokens: [token0, token1], fee, tickSpacing, poolId }
}
