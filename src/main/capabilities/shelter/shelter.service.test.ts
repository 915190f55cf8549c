import { expect, it } from 'vitest'
import type { SwapQuote, SwapRequest } from '../../../shared/contract/swaps.ts'
import type { AccountId, Address, ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { createShelterService, type ShelterServiceDeps } from './shelter.service.ts'

const chainId = 31337 as ChainId
const accountId = 'account' as AccountId
const address = (digit: number): Address => `0x${String(digit).repeat(40)}` as Address
const token = (digit: number): Token => ({
  ref: { chainId, address: address(digit) },
  symbol: `T${digit}`,
  name: `Token ${digit}`,
  decimals: 6,
  assetClass: 'token',
  source: 'list',
})

/** A market whose every quote waits until `together` of them are asked for. */
function openShelter(together: number) {
  const asked: SwapRequest[] = []
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const deps = {
    chains: { getEnabled: () => ({}) },
    tokens: { resolve: async ({ address: of }: { address: Address }) => token(Number(of[2])) },
    portfolio: {
      get: () => ({
        chains: [
          { balances: [1, 2].map((digit) => ({ accountId, token: token(digit), units: 1_000_000n })) },
        ],
      }),
    },
    swaps: {
      async quote(request: SwapRequest): Promise<SwapQuote> {
        asked.push(request)
        if (asked.length === together) open()
        await gate
        const units = BigInt(request.amount.replace('.', ''))
        return {
          status: 'quote',
          buyUnits: units,
          minimumBought: units - 1n,
          cost: { totalBps: 3 },
          fee: { expected: 7n },
          mev: { publicRisk: { userLoss: 0n } },
        } as never
      },
    },
    store: {
      readBasket: () => ({
        chainId,
        parts: [3, 4, 1].map((digit, at) => ({
          address: address(digit),
          weightBps: [5_000, 3_000, 2_000][at],
        })),
      }),
    },
    makeId: () => 'plan',
    nowMs: () => 0,
  }
  return { asked, service: createShelterService(deps as unknown as ShelterServiceDeps) }
}

it('asks for the legs of a preview side by side, and keeps their order', async () => {
  // Two holdings into three coins, of which one is held already: five legs.
  const { asked, service } = openShelter(5)
  const plan = await service.handlers.preview({
    accountId,
    direction: 'in',
    tokens: [address(1), address(2)],
    shareBps: 10_000,
  })
  expect(asked).toHaveLength(5)
  expect(plan.legs.map(({ sell, buy }) => `${sell.symbol}>${buy.symbol}`)).toEqual([
    'T1>T3',
    'T1>T4',
    'T2>T3',
    'T2>T4',
    'T2>T1',
  ])
  expect(plan.legs.map(({ units }) => units)).toEqual([500_000n, 300_000n, 500_000n, 300_000n, 200_000n])
})
