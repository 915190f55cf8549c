import { type Address, encodeFunctionData, erc20Abi, maxUint256, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { CANONICAL_ADDRESSES } from '../deploy/canonicalAddresses.ts'
import type { SeedCall, SeedingChain } from '../deploy/seedingChain.ts'
import { loadArtifact } from '../vendor/artifact.ts'

/** The contract that holds the seeded liquidity; it acts in batches for its owner. */
export interface LiquidityProvider {
  address: Address
  /** Makes all calls in one transaction; one that reverts undoes them all. */
  execute(calls: SeedCall[]): Promise<void>
  /** Lets the exchange protocols spend a token without limit. */
  approveProtocols(tokens: Address[]): Promise<void>
}

/** Ether that the provider is given, in wei; it wraps what its pools need. */
const ETHER = 200_000n * 10n ** 18n
const MAX_UINT160 = 2n ** 160n - 1n
const MAX_UINT48 = 2 ** 48 - 1
const permit2Abi = parseAbi([
  'function approve(address token, address spender, uint160 amount, uint48 expiration)',
])

/** Deploys the provider for the `liquidityProvider` account. */
export async function deployLiquidityProvider(chain: SeedingChain): Promise<LiquidityProvider> {
  const owner = ACCOUNT_ADDRESSES.liquidityProvider
  const address = await chain.deploy(owner, 'LiquidityProvider', [owner])
  await chain.rpc('anvil_setBalance', address, `0x${ETHER.toString(16)}`)
  const { abi } = loadArtifact('LiquidityProvider')
  const execute = (calls: SeedCall[]) => {
    const batch = calls.map(({ to, data, value = 0n }) => ({ target: to, value, data }))
    return chain.write(owner, address, abi, 'execute', [batch])
  }
  const approve = (token: Address, spender: Address): SeedCall => ({
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, maxUint256] }),
  })
  const approveProtocols = (tokens: Address[]) =>
    execute(
      tokens.flatMap((token) => [
        approve(token, CANONICAL_ADDRESSES.uniswapV2Router02),
        approve(token, CANONICAL_ADDRESSES.uniswapV3PositionManager),
        approve(token, CANONICAL_ADDRESSES.balancerVault),
        approve(token, CANONICAL_ADDRESSES.permit2),
        {
          to: CANONICAL_ADDRESSES.permit2,
          data: encodeFunctionData({
            abi: permit2Abi,
            functionName: 'approve',
            args: [token, CANONICAL_ADDRESSES.uniswapV4PositionManager, MAX_UINT160, MAX_UINT48],
          }),
        },
      ]),
    )
  return { address, execute, approveProtocols }
}
