import { describe, expect, it } from 'vitest'
import { type DiscoveryProgress, pathTemplates } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, type ChainId, chainIdSchema } from '../../../shared/identity/identity.ts'
import { discoverAccounts, gapLimit } from './discoverAccounts.ts'

const [one, two] = [1, 10].map((id) => chainIdSchema.parse(id)) as [ChainId, ChainId]

/** Every path has an address of its own, but for the first of Ledger Live and BIP-44, which is the same key. */
function addressOf(path: string): Address {
  const digits = [...path].map((character) => character.charCodeAt(0).toString(16)).join('')
  return `0x${digits.slice(-40).padStart(40, '0')}`
}

function start(used: Record<string, readonly ChainId[]>, broken: readonly ChainId[] = []) {
  const derived: string[] = []
  const asked: ChainId[] = []
  const progress: DiscoveryProgress[] = []
  const byAddress = new Map(Object.entries(used).map(([path, chainIds]) => [addressOf(path), chainIds]))
  const discovery = discoverAccounts(
    {
      listChainIds: () => [one, two],
      async readUsage(chainId, addresses) {
        asked.push(chainId)
        if (broken.includes(chainId)) throw new AppError('chain.unreachable')
        return addresses.map((address) => byAddress.get(address)?.includes(chainId) ?? false)
      },
    },
    async (template, first, count) =>
      Array.from({ length: count }, (_, offset) => {
        const path = template.replace('{index}', String(first + offset))
        derived.push(path)
        return { path, index: first + offset, address: addressOf(path) }
      }),
    undefined,
    (each) => progress.push(each),
  )
  return { discovery, derived, asked, progress }
}

const bip44 = (index: number) => pathTemplates.bip44.replace('{index}', String(index))

describe('discovery', () => {
  it('tells how far it is, after every slice of addresses', async () => {
    const { discovery, derived, progress } = start({ [bip44(0)]: [one] })
    await discovery
    expect(progress.map(({ searched }) => searched)).toEqual(
      Array.from({ length: derived.length / gapLimit }, (_, index) => (index + 1) * gapLimit),
    )
    expect(progress.at(-1)).toMatchObject({ found: 1 })
  })

  it('finds what was used on any chain, beyond gaps shorter than the limit', async () => {
    const { discovery } = start({
      [bip44(0)]: [one],
      [bip44(gapLimit)]: [two],
      [bip44(gapLimit * 2)]: [one, two],
    })
    const { found, unansweredChainIds } = await discovery
    expect(found.map(({ index, chainIds }) => [index, chainIds])).toEqual([
      [0, [one]],
      [gapLimit, [two]],
      [gapLimit * 2, [one, two]],
    ])
    expect(unansweredChainIds).toEqual([])
  })

  it('stops after a gap of the limit, and does not see what is behind it', async () => {
    const { discovery, derived } = start({ [bip44(0)]: [one], [bip44(gapLimit + 1)]: [one] })
    expect((await discovery).found.map(({ index }) => index)).toEqual([0])
    const looked = derived.filter((path) => path.startsWith("m/44'/60'/0'/0/"))
    // One more for Ledger Live, whose first account is this style's first.
    expect(looked).toHaveLength(gapLimit * 2 + 1)
  })

  it('looks in the other styles too', async () => {
    const ledger = pathTemplates.ledgerLive.replace('{index}', '4')
    const { discovery } = start({ [ledger]: [two] })
    expect((await discovery).found).toMatchObject([{ path: ledger, pathTemplate: pathTemplates.ledgerLive }])
  })

  it('tells of chains that do not answer, asks them once, and goes on with the rest', async () => {
    const { discovery, asked } = start({ [bip44(0)]: [one, two] }, [two])
    expect(await discovery).toMatchObject({ found: [{ chainIds: [one] }], unansweredChainIds: [two] })
    expect(asked.filter((chainId) => chainId === two)).toHaveLength(1)
  })
})
