import { type Address, zeroAddress } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { CANONICAL_ADDRESSES as at } from './canonicalAddresses.ts'
import type { SeedingChain } from './seedingChain.ts'

// keccak256 of the creation codes of the vendored pair and pool: the routers compute pool addresses from them.
const PAIR_INIT_CODE_HASH = '0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f'
const POOL_INIT_CODE_HASH = '0xe34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54'
/** Gas that the V4 position manager grants a subscriber's unsubscription, as on mainnet. */
const UNSUBSCRIBE_GAS_LIMIT = 300_000n

/** Puts the exchange protocols at their mainnet addresses. */
export async function deployProtocols(chain: SeedingChain): Promise<Record<string, Address>> {
  const { deployer } = ACCOUNT_ADDRESSES
  const place = (address: Address, artifact: string, args: unknown[] = []) =>
    chain.deployAt(address, deployer, artifact, args)

  await place(at.weth, 'WETH9')
  await place(at.multicall3, 'Multicall3')
  await place(at.permit2, 'Permit2')

  await place(at.uniswapV2Factory, 'UniswapV2Factory', [deployer])
  await place(at.uniswapV2Router02, 'UniswapV2Router02', [at.uniswapV2Factory, at.weth])

  await place(at.uniswapV3Factory, 'UniswapV3Factory')
  // No descriptor contract: positions have no picture, everything else works.
  await place(at.uniswapV3PositionManager, 'NonfungiblePositionManager', [
    at.uniswapV3Factory,
    at.weth,
    zeroAddress,
  ])
  await place(at.uniswapV3SwapRouter02, 'SwapRouter02', [
    at.uniswapV2Factory,
    at.uniswapV3Factory,
    at.uniswapV3PositionManager,
    at.weth,
  ])
  await place(at.uniswapV3QuoterV2, 'QuoterV2', [at.uniswapV3Factory, at.weth])
  await place(at.uniswapV3TickLens, 'TickLens')
  // 100 is not among the factory's original tiers; governance added it on mainnet too.
  await chain.write(deployer, at.uniswapV3Factory, enableFeeAmountAbi, 'enableFeeAmount', [100, 1])

  await place(at.uniswapV4PoolManager, 'PoolManager', [deployer])
  await place(at.uniswapV4PositionManager, 'PositionManager', [
    at.uniswapV4PoolManager,
    at.permit2,
    UNSUBSCRIBE_GAS_LIMIT,
    zeroAddress,
    at.weth,
  ])
  await place(at.uniswapV4Quoter, 'V4Quoter', [at.uniswapV4PoolManager])
  await place(at.uniswapV4StateView, 'StateView', [at.uniswapV4PoolManager])

  await place(at.universalRouter, 'UniversalRouter', [
    {
      permit2: at.permit2,
      weth9: at.weth,
      v2Factory: at.uniswapV2Factory,
      v3Factory: at.uniswapV3Factory,
      pairInitCodeHash: PAIR_INIT_CODE_HASH,
      poolInitCodeHash: POOL_INIT_CODE_HASH,
      v4PoolManager: at.uniswapV4PoolManager,
      v3NFTPositionManager: at.uniswapV3PositionManager,
      v4PositionManager: at.uniswapV4PositionManager,
      spokePool: zeroAddress,
    },
  ])

  const balancerAuthorizer = await chain.deploy(deployer, 'BalancerAuthorizer')
  await place(at.balancerVault, 'BalancerVault', [balancerAuthorizer, at.weth, 0n, 0n])
  await place(at.limitOrderProtocol, 'RouterLimitOrders', [at.weth])
  return { ...at, balancerAuthorizer }
}

const enableFeeAmountAbi = [
  {
    type: 'function',
    name: 'enableFeeAmount',
    stateMutability: 'nonpayable',
    inputs: [
      { name: 'fee', type: 'uint24' },
      { name: 'tickSpacing', type: 'int24' },
    ],
    outputs: [],
  },
] as const
