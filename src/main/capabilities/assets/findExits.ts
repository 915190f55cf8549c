import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { type BaseUnits, baseUnits } from '../../../shared/money/units.ts'
import { type Market, quoteOutput, type TradeFinder } from '../swaps/index.ts'
import { findExit } from './domain/market/findExit.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import type { AssetMarket, ContractToken } from './openAssetMarket.ts'

export interface Exit {
  readonly limitBps: number
  readonly units: BaseUnits
  readonly into: Token
}

/** The dollars into which an asset is sold when its depth is measured: the first of the chain's own that is not itself. */
export async function findMoney(
  assetMarket: AssetMarket,
  index: RegistryIndex,
  except: Address,
): Promise<ContractToken | undefined> {
  const coins = index.listCoins(assetMarket.chainId)
  for (const id of ['usdc', 'usdt', 'dai']) {
    const found = coins.find(({ entry }) => entry.id === id)
    if (found && !isSameAddress(found.deployment.address, except)) {
      return assetMarket.resolve(found.deployment.address)
    }
  }
  return undefined
}

/** What one token's amount buys of another by the router's best trade, gas left aside; `undefined` where the pools end. */
export function quoteMarket(search: TradeFinder, market: Market, sell: Address, buy: Address) {
  return (units: bigint) => quoteOutput(search, market, sell, buy, units)
}

/** How much can be sold within each limit, by the router's own pools and exact mathematics. */
export async function findExits(
  search: TradeFinder,
  market: Market,
  token: ContractToken,
  money: ContractToken,
  limitsBps: readonly number[],
): Promise<Exit[]> {
  const quote = quoteMarket(search, market, token.ref.address, money.ref.address)
  // A millionth of a token can round to nothing where the money has few decimals; a whole one may be a house.
  const probe = 10n ** BigInt(Math.max(token.decimals - 1, 0))
  const exits: Exit[] = []
  for (const limitBps of limitsBps) {
    const units = await findExit(quote, probe, limitBps)
    if (units !== undefined) exits.push({ limitBps, units: baseUnits(units), into: money })
  }
  return exits
}
