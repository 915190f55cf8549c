import { parseTransaction } from 'viem'
import { expect, test } from 'vitest'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, chainIdSchema } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { ChainDefinition } from '../chains/index.ts'
import type { AllowanceReader, AllowanceScan, CurrentRight } from './allowances.ports.ts'
import { type AllowancesServiceDeps, createAllowancesService } from './allowances.service.ts'
import type { GivenRight } from './domain/GivenRight.ts'

const chainId = chainIdSchema.parse(1)
const at = (digit: string): Address => `0x${digit.repeat(40)}`
const [owner, token, spender, permit2] = [at('1'), at('2'), at('3'), at('4')]
const account = { id: 'account', address: owner, name: 'Mine' } as unknown as Account
const usdc: Token = {
  ref: { chainId, address: token },
  symbol: 'USDC',
  name: 'USD Coin',
  decimals: 6,
  assetClass: 'stablecoin',
  source: 'list',
}
const coin: Token = {
  ...usdc,
  ref: { chainId, address: 'native' },
  symbol: 'ETH',
  decimals: 18,
  source: 'native',
}
const chain = {
  chainId,
  name: 'Ethereum',
  kind: 'real',
  nativeToken: coin,
  minimumPriorityFeePerGas: 1n,
} as unknown as ChainDefinition
const right: GivenRight = { kind: 'token', token, spender }
const standing: CurrentRight = { ...right, units: 5n, atRisk: 5n, isSpenderContract: true }

interface World {
  head?: bigint
  definition?: ChainDefinition
  find?: AllowanceReader['findGiven']
  current?: AllowanceReader['readCurrent']
  sign?: AllowancesServiceDeps['approvals']['requestApproval']
  usual?: Address[]
}

function open(world: World) {
  const kept = new Map<string, AllowanceScan>()
  const looked: [bigint, bigint][] = []
  const submitted: unknown[] = []
  const service = createAllowancesService({
    chains: { listEnabled: () => [world.definition ?? chain], getEnabled: () => world.definition ?? chain },
    tokens: { listTracked: () => [coin, usdc], resolve: async () => usdc },
    accounts: { listAccounts: async () => [account] },
    reader: {
      readHead: async () => world.head ?? 1_000_000n,
      findGiven: async (id, of, through, from, to) => {
        looked.push([from, to])
        return world.find ? world.find(id, of, through, from, to) : [right]
      },
      readCurrent:
        world.current ?? (async (_, __, ___, rights) => rights.map((each) => ({ ...standing, ...each }))),
    },
    store: {
      read: (_, of) => kept.get(of),
      write: (_, of, scan) => kept.set(of, scan),
    },
    node: {
      readFeeHistory: async () => ({
        baseFeesPerGas: [1n, 1n],
        gasUsedRatios: [0.5],
        rewards: [[1n, 1n, 1n]],
      }),
      readAccountState: async () => ({ latestNonce: 3, pendingNonce: 3, nativeBalance: 10n ** 18n }) as never,
      estimateGas: async () => ({ status: 'succeeded', gas: 40_000n }) as never,
    },
    approvals: { requestApproval: world.sign ?? (async () => ({ status: 'rejected' })) },
    journal: {
      listOpenNonces: () => [],
      submitAll: async (transactions) => {
        submitted.push(...transactions)
        return { activityIds: transactions.map((_, index) => String(index)) }
      },
    },
    permit2Of: () => permit2,
    usualSpenders: () => world.usual ?? [],
    nameOf: () => undefined,
    nowMs: () => 1_700_000_000_000,
    makeId: () => 'preview',
  })
  return { service, looked, submitted }
}

test('looks a span into the past, then only at what is new and may have been replaced, and further when asked', async () => {
  const world: World = { head: 5_000_000n }
  const { service, looked } = open(world)
  expect((await service.list({})).chains).toEqual([{ chainId, completeSince: 4_800_001n }])
  world.head = 5_000_010n
  await service.list({})
  expect(looked).toEqual([
    [4_800_001n, 5_000_000n],
    [4_999_936n, 5_000_010n],
  ])
  const further = await service.list({ reachesFurther: true })
  expect(further.chains).toEqual([{ chainId, completeSince: 3_800_001n }])
})

test('a practice chain is read as a whole each time, as it may have begun anew', async () => {
  const world: World = { head: 700_000n, definition: { ...chain, kind: 'practice' } }
  const { service, looked } = open(world)
  await service.list({})
  world.head = 900_000n
  await service.list({})
  expect(looked).toEqual([
    [0n, 700_000n],
    [0n, 900_000n],
  ])
})

test('a node that gives no old logs is named with its reason, and what is known without them is listed', async () => {
  const { service } = open({
    usual: [spender],
    find: async () => {
      throw new AppError('chain.rpcFailed', { reason: 'history has been pruned' })
    },
  })
  const overview = await service.list({})
  expect(overview.failures).toEqual([])
  expect(overview.chains).toMatchObject([{ completeSince: 1_000_001n, refusal: { code: 'chain.rpcFailed' } }])
  expect(overview.allowances).toMatchObject([{ spender, units: 5n }])
})

test('a chain that does not answer fails by itself', async () => {
  const { service } = open({
    current: async () => {
      throw new AppError('chain.unreachable', { chainId })
    },
  })
  expect(await service.list({})).toMatchObject({
    allowances: [],
    failures: [{ chainId, error: { code: 'chain.unreachable' } }],
  })
})

test('Permit2’s rights that are over are no rights', async () => {
  const expiring = (expiration: bigint) =>
    open({ current: async () => [{ ...standing, kind: 'permit2', expiration }] }).service.list({})
  expect((await expiring(1_699_999_999n)).allowances).toEqual([])
  expect((await expiring(2n ** 48n - 1n)).allowances).toHaveLength(1)
})

test('what was signed must be what was shown', async () => {
  const { service, submitted } = open({
    // Signs, but for another spender's benefit: other bytes than it was asked for.
    sign: async ({ transaction }) => ({
      status: 'signed',
      signedTransaction: Uint8Array.from(transaction).fill(7, 30, 40),
      transactionHash: `0x${'0'.repeat(64)}`,
    }),
  })
  const [allowance] = (await service.list({})).allowances
  const { previewId } = await service.previewRevocation({ ids: [allowance?.id ?? ''] })
  await expect(service.revoke({ previewId })).rejects.toMatchObject({ code: 'signing.digestMismatch' })
  expect(submitted).toEqual([])
})

test('rights of Permit2 end together in one transaction, after those of the tokens', async () => {
  const asked: Uint8Array[] = []
  const others = [at('5'), at('6')]
  const { service } = open({
    current: async () => [
      standing,
      ...others.map((each) => ({
        ...standing,
        kind: 'permit2' as const,
        spender: each,
        expiration: 2n ** 40n,
      })),
    ],
    sign: async ({ transaction, preparations }) => {
      asked.push(...preparations, transaction)
      return { status: 'rejected' }
    },
  })
  const ids = (await service.list({})).allowances.map(({ id }) => id)
  const preview = await service.previewRevocation({ ids })
  expect(preview).toMatchObject({ rights: 3, transactions: 2 })
  expect(await service.revoke({ previewId: preview.previewId })).toEqual({ status: 'rejected' })
  const read = asked.map((bytes) => parseTransaction(`0x${Buffer.from(bytes).toString('hex')}`))
  expect(read.map(({ to, nonce }) => [to, nonce])).toEqual([
    [token, 3],
    [permit2, 4],
  ])
})
