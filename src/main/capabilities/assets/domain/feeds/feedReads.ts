import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../../shared/identity/identity.ts'
import type { ContractRead, ReadAnswer } from '../compliance/TransferRule.ts'
import type { FeedPrice } from '../peg/measurePeg.ts'

const abi = parseAbi([
  'function description() view returns (string)',
  'function decimals() view returns (uint8)',
  'function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)',
  'function getRoundData(uint80) view returns (uint80, int256, uint256, uint256, uint80)',
])
const functionNames = ['description', 'decimals', 'latestRoundData'] as const
export const readsPerFeed = functionNames.length

/** The reads of a Chainlink-style aggregator. */
export function planFeedReads(feed: Address): ContractRead[] {
  return functionNames.map((functionName) => ({
    to: feed,
    data: encodeFunctionData({ abi, functionName }),
  }))
}

/**
 * What a feed says, in 1e-8. A contract that describes itself as another feed than expected, or answers nothing positive, says
 * nothing: its address came from a list.
 */
export function decodeFeed(
  answers: readonly ReadAnswer[],
  expectedDescription: string,
  atMs: number,
  maximumAgeMs: number,
): FeedPrice | undefined {
  const [descriptionData, decimalsData, roundData] = answers
  if (!descriptionData || !decimalsData || !roundData) return undefined
  try {
    const description = decodeFunctionResult({ abi, functionName: 'description', data: descriptionData })
    const decimals = decodeFunctionResult({ abi, functionName: 'decimals', data: decimalsData })
    const [, answer, , updatedAt] = decodeFunctionResult({
      abi,
      functionName: 'latestRoundData',
      data: roundData,
    })
    if (description !== expectedDescription || answer <= 0n || decimals > 30) return undefined
    if (updatedAt === 0n || updatedAt > 8_640_000_000_000n) return undefined
    const updatedAtMs = Number(updatedAt) * 1000
    return {
      description,
      usdE8: decimals >= 8 ? answer / 10n ** BigInt(decimals - 8) : answer * 10n ** BigInt(8 - decimals),
      updatedAtMs,
      isStale: atMs - updatedAtMs > maximumAgeMs,
    }
  } catch {
    return undefined
  }
}

/** One report of a feed. */
export interface FeedRound {
  readonly id: bigint
  readonly atMs: number
  /** In 1e-8. */
  readonly usdE8: bigint
}

/** The reads of so many reports before and at `last`. */
export function planRoundReads(feed: Address, last: bigint, count: number): ContractRead[] {
  return Array.from({ length: count }, (_, back) => last - BigInt(back))
    .filter((round) => round > 0n)
    .map((round) => ({
      to: feed,
      data: encodeFunctionData({ abi, functionName: 'getRoundData', args: [round] }),
    }))
}

/** One report by its data, given the feed's decimals; `undefined` for what never was. */
export function decodeRound(data: ReadAnswer, decimalsData: ReadAnswer): FeedRound | undefined {
  if (!data || !decimalsData) return undefined
  try {
    const decimals = decodeFunctionResult({ abi, functionName: 'decimals', data: decimalsData })
    const [id, answer, , updatedAt] = decodeFunctionResult({ abi, functionName: 'latestRoundData', data })
    if (answer <= 0n || decimals > 30 || updatedAt === 0n || updatedAt > 8_640_000_000_000n) return undefined
    const usdE8 = decimals >= 8 ? answer / 10n ** BigInt(decimals - 8) : answer * 10n ** BigInt(8 - decimals)
    return { id, atMs: Number(updatedAt) * 1000, usdE8 }
  } catch {
    return undefined
  }
}
