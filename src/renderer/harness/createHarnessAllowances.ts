import type { Allowance } from '../../shared/contract/allowances.ts'
import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { mainWindowContract } from '../../shared/contract/windows.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { AccountId, Address } from '../../shared/identity/identity.ts'
import { baseUnits, wei } from '../../shared/money/units.ts'
import { ethereumChainId, harnessHoldings, practiceChainId } from './harnessTokens.ts'

const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const stranger: Address = '0x7aB1c09F2d4E5a6b8C7d9E0f1A2b3C4d5E6f7890'

interface HarnessAllowancesOptions {
  readonly nowMs: () => number
  readonly accountId: () => AccountId | undefined
  readonly isEmpty: () => boolean
}

/** Rights of every kind, which end as soon as they are told to. */
export function createHarnessAllowances({
  nowMs,
  accountId,
  isEmpty,
}: HarnessAllowancesOptions): Handlers<typeof mainWindowContract>['allowances'] {
  const ended = new Set<string>()
  let chosen: string[] = []
  function list(): Allowance[] {
    const account = accountId()
    if (isEmpty() || account === undefined) return []
    const given = (symbol: string, spender: Address, units: bigint | undefined) => {
      const holding = harnessHoldings.find(({ token }) => token.symbol === symbol)
      if (!holding) throw new Error(`No ${symbol}`)
      const { token, held } = holding
      const most = units ?? 2n ** 256n - 1n
      return {
        id: `${symbol}:${spender}`,
        chainId: practiceChainId,
        accountId: account,
        token,
        spender,
        units: baseUnits(most),
        isUnlimited: units === undefined,
        atRisk: baseUnits(most < held ? most : held),
      }
    }
    const all: Allowance[] = [
      {
        kind: 'token',
        ...given('USDC', permit2, undefined),
        spenderName: 'Permit2',
        isSpenderContract: true,
      },
      { kind: 'token', ...given('WETH', stranger, 10n ** 18n), isSpenderContract: false },
      {
        kind: 'permit2',
        ...given('EURC', '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af', 500_000_000n),
        spenderName: 'Uniswap',
        isSpenderContract: true,
        expiresAtMs: nowMs() + 30 * 86_400_000,
      },
      { kind: 'token', ...given('FREE', stranger, undefined), isSpenderContract: false },
    ]
    return all.filter(({ id }) => !ended.has(id))
  }
  return {
    list: ({ reachesFurther }) => ({
      allowances: list(),
      chains: [
        { chainId: practiceChainId, completeSince: 0n },
        {
          chainId: ethereumChainId,
          completeSince: 21_400_000n,
          ...(reachesFurther
            ? {
                refusal: {
                  code: 'chain.rpcFailed' as const,
                  params: { reason: 'history has been pruned' },
                  retryable: false,
                },
              }
            : {}),
        },
      ],
      failures: [],
    }),
    previewRevocation({ ids }) {
      const account = accountId()
      if (account === undefined) throw new AppError('allowance.missing')
      chosen = ids
      return {
        previewId: 'revocation-1',
        expiresAtMs: nowMs() + 120_000,
        chainId: practiceChainId,
        accountId: account,
        rights: ids.length,
        transactions: ids.length,
        maximumFee: wei(46_000n * 30_000_000_000n * BigInt(ids.length)),
      }
    },
    revoke() {
      for (const id of chosen) ended.add(id)
      return { status: 'rejected' }
    },
  }
}
