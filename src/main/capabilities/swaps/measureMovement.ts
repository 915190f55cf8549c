import type { Token } from '../../../shared/identity/token.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { measureVolatility } from '../mev/index.ts'
import { assumeVolatility } from './domain/assumeVolatility.ts'
import { findMainWay, followPrice } from './domain/followPrice.ts'
import type { Movement } from './domain/Movement.ts'
import type { Trade } from './domain/router/TradePlan.ts'
import type { BlockRef, PriceHistory } from './swaps.ports.ts'

interface Measured {
  readonly chain: Pick<ChainDefinition, 'chainId' | 'blockTimeSeconds'>
  readonly trade: Trade
  readonly sell: Token
  readonly buy: Token
  readonly block: BlockRef
}

const secondsPerDay = 24 * 3600

/** How much the price of a trade's largest way has moved in its pools; from the tokens' kinds while they have not told enough. */
export async function measureMovement(
  history: PriceHistory,
  { chain, trade, sell, buy, block }: Measured,
): Promise<Omit<Movement, 'inclusion'>> {
  const way = findMainWay(trade)
  const histories = await history.readPrices({
    chainId: chain.chainId,
    pools: way,
    block,
    blockTimeSeconds: chain.blockTimeSeconds,
  })
  const observations = followPrice(way, histories, block.timestampMs)
  const measured = measureVolatility(observations)
  const volatility = measured ?? assumeVolatility(sell, buy)
  return {
    basis: measured ? 'measured' : 'assumed',
    observations: Math.max(0, observations.length - 1),
    volatility,
    dailyBps: Math.min(1_000_000, Math.ceil(volatility.perRootSecond * Math.sqrt(secondsPerDay) * 10_000)),
  }
}
