import {
  decodeFunctionResult,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  maxUint256,
  parseAbi,
  parseAbiParameters,
} from 'viem'
import { ACCOUNT_ADDRESSES } from '../../accounts.ts'
import { CANONICAL_ADDRESSES } from '../../deploy/canonicalAddresses.ts'
import type { SeedingChain } from '../../deploy/seedingChain.ts'
import type { PoolEntry } from '../../manifest.ts'
import { addressOf, type TokenAddresses } from '../deployTokens.ts'
import type { LiquidityProvider } from '../liquidityProvider.ts'
import { unitsWorth } from '../tokenCatalogue.ts'
import type { StablePoolDefinition } from './poolCatalogue.ts'

const poolAbi = parseAbi(['function getPoolId() view returns (bytes32)'])
const vaultAbi = parseAbi([
  'struct JoinPoolRequest { address[] assets; uint256[] maxAmountsIn; bytes userData; bool fromInternalBalance; }',
  'function joinPool(bytes32 poolId, address sender, address recipient, JoinPoolRequest request) payable',
])
/** `StablePoolUserData.JoinKind.INIT`. */
const JOIN_INIT = 0n

/** Deploys a Balancer stable pool, which registers itself at the vault, and makes the first join. */
export async function createStablePool(
  chain: SeedingChain,
  provider: LiquidityProvider,
  tokens: TokenAddresses,
  pool: StablePoolDefinition,
): Promise<PoolEntry> {
  const vault = CANONICAL_ADDRESSES.balancerVault
  const sides = pool.tokens
    .map((key) => ({ address: addressOf(tokens, key), amount: unitsWorth(key, pool.depthUsd) }))
    .sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1))
  const assets = sides.map(({ address }) => address)
  const amounts = sides.map(({ amount }) => amount)
  const address = await chain.deploy(ACCOUNT_ADDRESSES.deployer, 'BalancerStablePool', [
    vault,
    pool.name,
    pool.symbol,
    assets,
    pool.amplification,
    pool.swapFee,
    0n,
    0n,
    ACCOUNT_ADDRESSES.deployer,
  ])
  const answer = await chain.rpc<Hex>(
    'eth_call',
    { to: address, data: encodeFunctionData({ abi: poolAbi, functionName: 'getPoolId' }) },
    'latest',
  )
  const poolId = decodeFunctionResult({ abi: poolAbi, functionName: 'getPoolId', data: answer })
  const userData = encodeAbiParameters(parseAbiParameters('uint256, uint256[]'), [JOIN_INIT, amounts])
  await provider.execute([
    {
      to: vault,
      data: encodeFunctionData({
        abi: vaultAbi,
        functionName: 'joinPool',
        args: [
          poolId,
          provider.address,
          provider.address,
          { assets, maxAmountsIn: assets.map(() => maxUint256), userData, fromInternalBalance: false },
        ],
      }),
    },
  ])
  return { kind: 'balancerStable', tokens: assets, fee: Number(pool.swapFee / 10n ** 12n), address, poolId }
}
