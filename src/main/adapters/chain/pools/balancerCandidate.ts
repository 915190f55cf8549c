import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import { createBalancerStablePool } from '../../../capabilities/router/index.ts'
import type { KnownBalancerPool, SwapVenues } from '../../../capabilities/swaps/index.ts'
import type { PoolCandidate } from './PoolCandidate.ts'

const abi = parseAbi([
  'function getPoolTokens(bytes32 poolId) view returns (address[] tokens, uint256[] balances, uint256 lastChangeBlock)',
  'function getAmplificationParameter() view returns (uint256 value, bool isUpdating, uint256 precision)',
  'function getSwapFeePercentage() view returns (uint256)',
  'function decimals() view returns (uint8)',
])
const wholeE18 = 10n ** 18n
/** What the pool's mathematics takes the amplification in. */
const expectedPrecision = 1000n

/** A Balancer V2 stable pool that the chain's data names. */
export function balancerCandidate(
  { vault }: NonNullable<SwapVenues['balancer']>,
  { poolId, address, tokens }: KnownBalancerPool,
): PoolCandidate {
  return {
    id: poolId,
    key: { venue: 'balancerStable', address: vault, feePips: 0, tickSpacing: 0 },
    tokens,
    watch: { kind: 'topic', contract: vault },
    *read() {
      const [held, amplification, fee, ...decimals] = yield [
        { to: vault, data: encodeFunctionData({ abi, functionName: 'getPoolTokens', args: [poolId] }) },
        { to: address, data: encodeFunctionData({ abi, functionName: 'getAmplificationParameter' }) },
        { to: address, data: encodeFunctionData({ abi, functionName: 'getSwapFeePercentage' }) },
        ...tokens.map((token: Address) => ({
          to: token,
          data: encodeFunctionData({ abi, functionName: 'decimals' }),
        })),
      ]
      if (!held || !amplification || !fee || decimals.some((answer) => !answer)) return undefined
      const [poolTokens, balances] = decodeFunctionResult({ abi, functionName: 'getPoolTokens', data: held })
      const [amplificationE3, , precision] = decodeFunctionResult({
        abi,
        functionName: 'getAmplificationParameter',
        data: amplification,
      })
      const isAsKnown =
        poolTokens.length === tokens.length &&
        poolTokens.every((token, index) => token.toLowerCase() === tokens[index]?.toLowerCase())
      if (!isAsKnown || precision !== expectedPrecision) return undefined
      const feeE18 = decodeFunctionResult({ abi, functionName: 'getSwapFeePercentage', data: fee })
      return {
        key: {
          venue: 'balancerStable',
          address: vault,
          feePips: Number((feeE18 * 1_000_000n) / wholeE18),
          tickSpacing: 0,
        },
        pool: createBalancerStablePool({
          id: poolId,
          venue: 'balancerStable',
          tokens: poolTokens.map((token) => token.toLowerCase()),
          balances,
          decimals: decimals.map((answer) =>
            decodeFunctionResult({ abi, functionName: 'decimals', data: answer as `0x${string}` }),
          ),
          amplificationE3,
          feeE18,
        }),
      }
    },
  }
}
