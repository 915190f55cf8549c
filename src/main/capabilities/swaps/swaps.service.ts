import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainDirectory } from '../chains/index.ts'
import type { TokensService } from '../tokens/index.ts'

export interface SwapsServiceDeps {
  readonly chains: Pick<ChainDirectory, 'getEnabled' | 'getStatus'>
  readonly tokens: Pick<TokensService, 'resolve'>
}

export type SwapsHandlers = Handlers<typeof mainWindowContract>['swaps']

/** Swaps tokens: quote, approval elsewhere, written down before it leaves. */
export function createSwapsService(deps: SwapsServiceDeps): SwapsHandlers {
  return {
    async quote({ chainId, sell, buy }) {
      deps.chains.getEnabled(chainId)
      const [sellToken, buyToken] = await Promise.all([
        deps.tokens.resolve({ chainId, address: sell }),
        deps.tokens.resolve({ chainId, address: buy }),
      ])
      const blockNumber = deps.chains.getStatus(chainId).blockNumber ?? 0n
      return { status: 'noRoute', reason: 'noVenue', blockNumber, sell: sellToken, buy: buyToken }
    },
    execute() {
      throw new AppError('swap.quoteExpired')
    },
    cancel: () => false,
    getDepth() {
      throw new AppError('swap.quoteExpired')
    },
  }
}
