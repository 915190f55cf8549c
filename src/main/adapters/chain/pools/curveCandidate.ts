import { decodeFunctionResult, encodeFunctionData, erc20Abi, parseAbi, zeroAddress } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import { keyPool, type SwapVenues } from '../../../capabilities/swaps/index.ts'
import type { ContractCall } from '../multicall3.ts'
import { readUint256 } from '../readUint256.ts'
import type { PoolCandidate } from './PoolCandidate.ts'

/** Curve's MetaRegistry. */
const registryAbi = parseAbi([
  'function find_pool_for_coins(address from, address to, uint256 index) view returns (address)',
  'function get_coins(address pool) view returns (address[8])',
  'function get_balances(address pool) view returns (uint256[8])',
  'function get_decimals(address pool) view returns (uint256[8])',
  'function get_n_coins(address pool) view returns (uint256)',
])
const poolAbi = parseAbi([
  'function A() view returns (uint256)',
  'function A_precise() view returns (uint256)',
  'function fee() view returns (uint256)',
  'function gamma() view returns (uint256)',
  'function stored_rates() view returns (uint256[])',
  'function get_dy(int128 i, int128 j, uint256 dx) view returns (uint256)',
])
/** Curve's name for the coin, which its router would have to be paid in by value. */
const coin = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'
/** Shares of a balance that the pool itself is asked for, to hold our mathematics against it. */
const probes = [10_000n, 10n]
/** `get_dy` of the first pools rounds once more than their `exchange`. */
const roundingUnits = 1n

/**
 * One of the pools that Curve's registry knows for two tokens. There are many kinds under one name, told apart by what they
 * answer: one is taken only where the pool's own quotes agree with ours.
 */
export function curveCandidate(
  { metaRegistry, router }: NonNullable<SwapVenues['curve']>,
  a: Address,
  b: Address,
  index: number,
): PoolCandidate {
  const [from, to] = a.toLowerCase() < b.toLowerCase() ? [a, b] : [b, a]
  const askRegistry = (
    functionName: 'get_coins' | 'get_balances' | 'get_decimals' | 'get_n_coins',
    pool: Address,
  ) => ({
    to: metaRegistry,
    data: encodeFunctionData({ abi: registryAbi, functionName, args: [pool] }),
  })
  return {
    id: `curve:${from}:${to}:${index}`.toLowerCase(),
    key: { venue: 'curve', address: metaRegistry, feePips: 0, tickSpacing: 0 },
    tokens: [from, to],
    watch: { kind: 'block' },
    *read() {
      const [found] = yield [
        {
          to: metaRegistry,
          data: encodeFunctionData({
            abi: registryAbi,
            functionName: 'find_pool_for_coins',
            args: [from, to, BigInt(index)],
          }),
        },
      ]
      if (!found || found === '0x') return undefined
      const address = decodeFunctionResult({
        abi: registryAbi,
        functionName: 'find_pool_for_coins',
        data: found,
      })
      if (address === zeroAddress) return undefined
      const ask = (functionName: 'A' | 'A_precise' | 'fee' | 'gamma' | 'stored_rates'): ContractCall => ({
        to: address,
        data: encodeFunctionData({ abi: poolAbi, functionName }),
      })
      const [count, coins, held, decimals, a1, aPrecise, fee, gamma, rates] = yield [
        askRegistry('get_n_coins', address),
        askRegistry('get_coins', address),
        askRegistry('get_balances', address),
        askRegistry('get_decimals', address),
        ask('A'),
        ask('A_precise'),
        ask('fee'),
        ask('gamma'),
        ask('stored_rates'),
      ]
      // A pool with a gamma is of the other family, whose curve is another one.
      if (!count || !coins || !held || !decimals || readUint256(gamma) !== undefined) return undefined
      const size = Number(
        decodeFunctionResult({ abi: registryAbi, functionName: 'get_n_coins', data: count }),
      )
      const tokens = decodeFunctionResult({ abi: registryAbi, functionName: 'get_coins', data: coins })
        .slice(0, size)
        .map((token) => token.toLowerCase())
      const balances = decodeFunctionResult({
        abi: registryAbi,
        functionName: 'get_balances',
        data: held,
      }).slice(0, size)
      const places = decodeFunctionResult({
        abi: registryAbi,
        functionName: 'get_decimals',
        data: decimals,
      }).slice(0, size)
      const feeE10 = readUint256(fee)
      const precise = readUint256(aPrecise)
      const plain = readUint256(a1)
      const amplification = precise ?? plain
      if (size < 2 || feeE10 === undefined || amplification === undefined || tokens.includes(coin))
        return undefined
      if (balances.some((balance) => balance === 0n) || places.some((digits) => digits > 36n))
        return undefined
      const ratesE18 =
        rates && rates !== '0x'
          ? decodeFunctionResult({ abi: poolAbi, functionName: 'stored_rates', data: rates })
          : places.map((digits) => 10n ** (36n - digits))
      if (ratesE18.length !== size) return undefined

      const pairs = tokens.flatMap((_, i) => tokens.flatMap((__, j) => (i === j ? [] : [[i, j] as const])))
      const asked = pairs.flatMap(([i, j]) =>
        probes.map((part) => ({ i, j, amount: (balances[i] ?? 0n) / part })),
      )
      const answers = yield [
        ...asked.map(({ i, j, amount }) => ({
          to: address,
          data: encodeFunctionData({
            abi: poolAbi,
            functionName: 'get_dy',
            args: [BigInt(i), BigInt(j), amount],
          }),
        })),
        ...tokens.map((token) => ({
          to: token as Address,
          data: encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [router] }),
        })),
      ]
      const keyed = keyPool(
        {
          venue: 'curve',
          address,
          feePips: Number(feeE10 / 10_000n),
          tickSpacing: 0,
          coinIndices: tokens,
          heldByRouter: tokens.map((_, at) => readUint256(answers[asked.length + at]) ?? 0n),
        },
        {
          kind: 'curveStableSwap',
          state: {
            id: address.toLowerCase(),
            venue: 'curve',
            tokens,
            balances,
            ratesE18,
            amplification,
            amplificationPrecision: precise === undefined ? 1n : 100n,
            feeE10,
          },
        },
      )
      const isAsComputed = asked.every(({ i, j, amount }, at) => {
        const theirs = readUint256(answers[at])
        const ours = keyed.pool.quoteExactIn(i, j, amount).amountOut
        return theirs !== undefined && ours - theirs <= roundingUnits && theirs - ours <= roundingUnits
      })
      return isAsComputed ? keyed : undefined
    },
  }
}
