import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  isAddressEqual,
  maxUint256,
  parseAbiParameters,
  zeroAddress,
} from 'viem'
import type { LocalChainManifest, PoolEntry } from '../manifest.ts'
import { universalRouterAbi, v4ExactInputSingleParameters } from './protocolAbis.ts'
import { contractAddress } from './swapCalls.ts'

interface V4Swap {
  readonly pool: PoolEntry
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  readonly minimumOut: bigint
}

const v4SwapCommand = '0x10'
// SWAP_EXACT_IN_SINGLE, SETTLE_ALL, TAKE_ALL of v4-periphery's Actions.
const actions = '0x060c0f'
const settlement = parseAbiParameters('address currency, uint256 amount')

/** A Universal Router call that swaps through one V4 pool without hooks; ether is the zero address. */
export function encodeV4Swap(
  manifest: LocalChainManifest,
  { pool, tokenIn, tokenOut, amountIn, minimumOut }: V4Swap,
): { to: Address; data: Hex; value: bigint } {
  const [currency0, currency1] = pool.tokens
  if (currency0 === undefined || currency1 === undefined || pool.tickSpacing === undefined) {
    throw new Error('the manifest does not give the key of this V4 pool')
  }
  const swap = encodeAbiParameters(v4ExactInputSingleParameters, [
    {
      poolKey: {
        currency0,
        currency1,
        fee: pool.fee ?? 0,
        tickSpacing: pool.tickSpacing,
        hooks: zeroAddress,
      },
      zeroForOne: isAddressEqual(tokenIn, currency0),
      amountIn,
      amountOutMinimum: minimumOut,
      hookData: '0x',
    },
  ])
  const settle = encodeAbiParameters(settlement, [tokenIn, amountIn])
  const take = encodeAbiParameters(settlement, [tokenOut, minimumOut])
  const input = encodeAbiParameters(parseAbiParameters('bytes, bytes[]'), [actions, [swap, settle, take]])
  return {
    to: contractAddress(manifest, 'universalRouter'),
    data: encodeFunctionData({
      abi: universalRouterAbi,
      functionName: 'execute',
      args: [v4SwapCommand, [input], maxUint256],
    }),
    value: isAddressEqual(tokenIn, zeroAddress) ? amountIn : 0n,
  }
}
