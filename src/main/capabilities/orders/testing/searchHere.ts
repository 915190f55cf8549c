import { findTrade, priceGas, type SwapVenues, type TradeFinder } from '../../swaps/index.ts'

/** A chain with no more than pools between the tokens of a test. */
export const bareVenues: SwapVenues = {
  chainId: 1 as SwapVenues['chainId'],
  wrappedNative: '0x00000000000000000000000000000000000000ee',
  permit2: '0x0000000000000000000000000000000000000001',
  universalRouter: '0x0000000000000000000000000000000000000002',
  connectors: [],
  relays: [],
  publicRouters: [],
  publicChannel: 'mempool',
}

/** What the thread that searches does, without a thread. */
export const searchHere: TradeFinder = {
  find: async (market, request) => ({
    found: findTrade(market, request),
    perWei: {
      sold: priceGas(market, request.tokenIn, 1n),
      bought: priceGas(market, request.tokenOut, 1n),
    },
  }),
}
