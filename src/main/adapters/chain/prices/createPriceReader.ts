import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { FeedReading, PriceFeed, PriceReader, SpotSource } from '../../../capabilities/prices/index.ts'
import type { PoolReader } from '../../../capabilities/swaps/index.ts'
import { callContracts } from '../callContracts.ts'
import type { RpcNetwork } from '../createNodeNetwork.ts'
import type { ContractCall } from '../multicall3.ts'
import { readUint256 } from '../readUint256.ts'
import { blockHeaderSchema } from '../rpcSchemas.ts'
import { toBlockTag } from '../toBlockTag.ts'

const feedAbi = parseAbi([
  'function latestRoundData() view returns (uint80, int256 answer, uint256, uint256 updatedAt, uint80)',
  'function decimals() view returns (uint8)',
  'function description() view returns (string)',
])
const poolAbi = parseAbi([
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 at)',
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick)',
  'function getSlot0(bytes32 poolId) view returns (uint160 sqrtPriceX96, int24 tick, uint24 protocolFee, uint24 lpFee)',
])
const vaultAbi = parseAbi([
  'function asset() view returns (address)',
  'function convertToAssets(uint256 shares) view returns (uint256)',
])
const scaledAbi = parseAbi(['function uiMultiplier() view returns (uint256)'])

/** One part of 10^36. */
const scale = 10n ** 36n
/** How far around the price liquidity is read: one step beyond the nearest, which is a multiple of the price for most pools. */
const reach = 1

type Answer = `0x${string}` | undefined

/** Reads feeds, pools, vaults and multipliers, everything of one moment through one aggregate. */
export function createPriceReader(network: RpcNetwork, pools: PoolReader): PriceReader {
  /** What never changes of a feed, by chain and address. */
  const described = new Map<string, { description: string; decimals: number }>()

  return {
    async findPools(chainId, venues, tokens) {
      const block = await pools.readBlock(chainId)
      return pools.readPools({ chainId, venues, tokens, block, reach, pairing: 'connectors' })
    },

    async readVaultAssets(chainId, tokens) {
      const data = encodeFunctionData({ abi: vaultAbi, functionName: 'asset' })
      const calls = tokens.map((to) => ({ to, data }))
      const answers = await callContracts(
        network.rpc(chainId),
        network.definition(chainId).multicall3,
        calls,
        'latest',
      )
      return answers.map((answer) => {
        const word = readUint256(answer)
        // An address fills twenty of the word's bytes; anything else is no ERC-4626 answer.
        return word === undefined || word === 0n || word >> 160n !== 0n
          ? undefined
          : (`0x${word.toString(16).padStart(40, '0')}` as Address)
      })
    },

    async readMarket({ chainId, feeds, spots, vaults, scaled, blocksAgo = 0n }) {
      const rpc = network.rpc(chainId)
      const { multicall3 } = network.definition(chainId)
      const newest = await rpc.request('eth_getBlockByNumber', ['latest', false], blockHeaderSchema)
      const block =
        blocksAgo === 0n
          ? newest
          : await rpc.request(
              'eth_getBlockByNumber',
              [toBlockTag(newest.number > blocksAgo ? newest.number - blocksAgo : 0n), false],
              blockHeaderSchema,
            )
      const keyOf = ({ address }: PriceFeed) => `${chainId}:${address.toLowerCase()}`
      const undescribed = feeds.filter((feed) => !described.has(keyOf(feed)))
      const feedCall = (feed: PriceFeed, functionName: 'latestRoundData' | 'decimals' | 'description') => ({
        to: feed.address,
        data: encodeFunctionData({ abi: feedAbi, functionName }),
      })
      const groups: ContractCall[][] = [
        feeds.map((feed) => feedCall(feed, 'latestRoundData')),
        undescribed.map((feed) => feedCall(feed, 'decimals')),
        undescribed.map((feed) => feedCall(feed, 'description')),
        spots.map(spotCall),
        vaults.map(({ address, decimals }) => ({
          to: address,
          data: encodeFunctionData({
            abi: vaultAbi,
            functionName: 'convertToAssets',
            args: [10n ** BigInt(decimals + 6)],
          }),
        })),
        scaled.map((to) => ({
          to,
          data: encodeFunctionData({ abi: scaledAbi, functionName: 'uiMultiplier' }),
        })),
      ]
      const answers = await callContracts(rpc, multicall3, groups.flat(), block.number)
      let start = 0
      const [rounds = [], decimals = [], descriptions = [], spotAnswers = [], assets = [], multipliers = []] =
        groups.map(({ length }): Answer[] => {
          start += length
          return answers.slice(start - length, start)
        })
      for (const [index, feed] of undescribed.entries()) {
        const places = readUint256(decimals[index])
        const description = decodeText(descriptions[index])
        if (places === undefined || places > 255n || description === undefined) continue
        described.set(keyOf(feed), { description, decimals: Number(places) })
      }
      return {
        blockNumber: block.number,
        blockTimestampMs: block.timestamp * 1000,
        feeds: feeds.map(
          (feed, index): FeedReading => ({
            feed,
            ...described.get(keyOf(feed)),
            ...decodeRound(rounds[index]),
          }),
        ),
        spots: spots.map((spot, index) => decodeSpot(spot, spotAnswers[index])),
        redemptions: assets.map(readUint256),
        multipliers: multipliers.map(readUint256),
      }
    },
  }
}

function spotCall({ pool: { pool, key }, venues }: SpotSource): ContractCall {
  switch (key.venue) {
    case 'uniswapV2':
      return { to: key.address, data: encodeFunctionData({ abi: poolAbi, functionName: 'getReserves' }) }
    case 'uniswapV4':
      return {
        to: venues.uniswapV4?.stateView ?? key.address,
        data: encodeFunctionData({
          abi: poolAbi,
          functionName: 'getSlot0',
          args: [pool.id as `0x${string}`],
        }),
      }
    default:
      return { to: key.address, data: encodeFunctionData({ abi: poolAbi, functionName: 'slot0' }) }
  }
}

function decodeSpot({ pool: { key } }: SpotSource, data: Answer): bigint | undefined {
  if (data === undefined || data.length < 2 + 128) return undefined
  const first = BigInt(data.slice(0, 66))
  if (key.venue === 'uniswapV2') {
    const second = BigInt(`0x${data.slice(66, 130)}`)
    return first === 0n || second === 0n ? undefined : (second * scale) / first
  }
  return first === 0n ? undefined : (first * first * scale) >> 192n
}

function decodeRound(data: Answer): Pick<FeedReading, 'answer' | 'updatedAtMs'> {
  if (data === undefined || data.length < 2 + 5 * 64) return {}
  const [, answer, , updatedAt] = decodeFunctionResult({
    abi: feedAbi,
    functionName: 'latestRoundData',
    data,
  })
  // A time beyond safe integers is no time.
  return updatedAt > 100_000_000_000n ? {} : { answer, updatedAtMs: Number(updatedAt) * 1000 }
}

function decodeText(data: Answer): string | undefined {
  if (data === undefined || data.length > 2 + 64 * 10) return undefined
  try {
    return decodeFunctionResult({ abi: feedAbi, functionName: 'description', data })
  } catch {
    // Whatever this contract is, it is no feed.
    return undefined
  }
}
