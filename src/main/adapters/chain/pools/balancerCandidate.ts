import { decodeFunctionResult, encodeFunctionData, hexToBigInt, parseAbi, toEventSelector } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import {
  type KeyedPool,
  type KnownBalancerPool,
  keyPool,
  type SwapVenues,
} from '../../../capabilities/swaps/index.ts'
import type { PoolCandidate, PoolEvent } from './PoolCandidate.ts'

const abi = parseAbi([
  'function getPoolTokens(bytes32 poolId) view returns (address[] tokens, uint256[] balances, uint256 lastChangeBlock)',
  'function getAmplificationParameter() view returns (uint256 value, bool isUpdating, uint256 precision)',
  'function getNormalizedWeights() view returns (uint256[])',
  'function getSwapFeePercentage() view returns (uint256)',
  'function decimals() view returns (uint8)',
])
const wholeE18 = 10n ** 18n
/** What the pool's mathematics takes the amplification in. */
const expectedPrecision = 1000n
/** The vault's, with the pool's id and both tokens as topics. */
const swapped = toEventSelector('Swap(bytes32,address,address,uint256,uint256)')
/** Of the pool's own shares: they move without the pool. */
const ofShares: ReadonlySet<string> = new Set([
  toEventSelector('Transfer(address,address,uint256)'),
  toEventSelector('Approval(address,address,uint256)'),
])

/** A Balancer V2 pool that the chain's data names. */
export function balancerCandidate(
  { vault }: NonNullable<SwapVenues['balancer']>,
  { kind, poolId, address, tokens, multipliesWholePowers = false }: KnownBalancerPool,
): PoolCandidate {
  const venue = kind === 'stable' ? 'balancerStable' : 'balancerWeighted'
  let isMoving = false
  return {
    id: poolId,
    key: { venue, address: vault, feePips: 0, tickSpacing: 0 },
    tokens,
    // An amplification moves without an event while it is being changed, and with one when that begins.
    get watch(): PoolCandidate['watch'] {
      return isMoving ? { kind: 'block' } : { kind: 'topic', contract: vault, own: address }
    },
    apply: applyBalancerEvent,
    *read() {
      const [held, shape, fee, ...decimals] = yield [
        { to: vault, data: encodeFunctionData({ abi, functionName: 'getPoolTokens', args: [poolId] }) },
        {
          to: address,
          data: encodeFunctionData({
            abi,
            functionName: kind === 'stable' ? 'getAmplificationParameter' : 'getNormalizedWeights',
          }),
        },
        { to: address, data: encodeFunctionData({ abi, functionName: 'getSwapFeePercentage' }) },
        ...tokens.map((token: Address) => ({
          to: token,
          data: encodeFunctionData({ abi, functionName: 'decimals' }),
        })),
      ]
      if (!held || !shape || !fee || decimals.some((answer) => !answer)) return undefined
      const [poolTokens, balances] = decodeFunctionResult({ abi, functionName: 'getPoolTokens', data: held })
      const isAsKnown =
        poolTokens.length === tokens.length &&
        poolTokens.every((token, index) => token.toLowerCase() === tokens[index]?.toLowerCase())
      if (!isAsKnown) return undefined
      const feeE18 = decodeFunctionResult({ abi, functionName: 'getSwapFeePercentage', data: fee })
      const key = {
        venue,
        address: vault,
        feePips: Number((feeE18 * 1_000_000n) / wholeE18),
        tickSpacing: 0,
      } as const
      const common = {
        id: poolId,
        venue,
        tokens: poolTokens.map((token) => token.toLowerCase()),
        balances,
        decimals: decimals.map((answer) =>
          decodeFunctionResult({ abi, functionName: 'decimals', data: answer as `0x${string}` }),
        ),
        feeE18,
      }
      if (kind === 'weighted') {
        const weightsE18 = decodeFunctionResult({ abi, functionName: 'getNormalizedWeights', data: shape })
        if (weightsE18.length !== tokens.length) return undefined
        return keyPool(key, {
          kind: 'balancerWeighted',
          state: { ...common, weightsE18, multipliesWholePowers },
        })
      }
      const [amplificationE3, isUpdating, precision] = decodeFunctionResult({
        abi,
        functionName: 'getAmplificationParameter',
        data: shape,
      })
      if (precision !== expectedPrecision) return undefined
      isMoving = isUpdating
      return keyPool(key, { kind: 'balancerStable', state: { ...common, amplificationE3 } })
    },
  }
}

/** A swap moves two balances; whatever else happens to the pool, it has to be read again. */
function applyBalancerEvent(before: KeyedPool, { topics, data }: PoolEvent): KeyedPool | undefined {
  const [event, , sold, bought] = topics
  if (event !== undefined && ofShares.has(event)) return before
  const { source } = before
  if (source?.kind !== 'balancerStable' && source?.kind !== 'balancerWeighted') return undefined
  const tokenAt = (topic: string | undefined) => source.state.tokens.indexOf(`0x${topic?.slice(26) ?? ''}`)
  const [from, to] = [tokenAt(sold), tokenAt(bought)]
  if (event !== swapped || from < 0 || to < 0) return undefined
  const [amountIn, amountOut] = [
    hexToBigInt(`0x${data.slice(2, 66)}`),
    hexToBigInt(`0x${data.slice(66, 130)}`),
  ]
  const balances = source.state.balances.map(
    (balance, at) => balance + (at === from ? amountIn : 0n) - (at === to ? amountOut : 0n),
  )
  return source.kind === 'balancerStable'
    ? keyPool(before.key, { ...source, state: { ...source.state, balances } })
    : keyPool(before.key, { ...source, state: { ...source.state, balances } })
}
