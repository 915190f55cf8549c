import type { Trial } from '../../../shared/contract/approvals.ts'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import { type Address, type ChainId, isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { computeValue } from '../../../shared/money/computeValue.ts'
import type { ContractNames, MetContracts, TrialKnowledge } from './approvals.ports.ts'
import type { Inspection } from './domain/Inspection.ts'
import { sumChanges } from './domain/sumChanges.ts'

type Matches = Extract<Trial, { status: 'matches' }>
type Named = Matches['contracts'][number]

/** A trial in words: who gains and loses what and its worth, which rights are given, and which contracts act, as far as they are known. */
export async function describeTrial(
  { chainId, from, intent, nativeToken }: SigningRequest,
  { blockNumber, by, moved, granted, contracts }: Inspection,
  knowledge: TrialKnowledge,
  metContracts: MetContracts,
): Promise<Matches> {
  const parties = partiesOf(intent)
  const changes = sumChanges(moved).filter(({ owner }) =>
    [from.address, ...parties].some((each) => isSameAddress(each, owner)),
  )
  const tokens = new Map<string, Token | undefined>()
  const touched = [...moved.map(({ token }) => token), ...granted.map(({ token }) => token)]
  for (const address of new Set(touched.map((each) => each.toLowerCase() as Address | 'native'))) {
    tokens.set(address, address === 'native' ? nativeToken : await knowledge.findToken({ chainId, address }))
  }
  const names = knowledge.nameContracts(
    chainId,
    [...tokens.keys()].filter((each) => each !== 'native') as Address[],
  )
  const name = (address: Address) => nameAddress(address, chainId, names, tokens, knowledge)
  const tokenOf = (address: Address | 'native') => tokens.get(address.toLowerCase())
  return {
    status: 'matches',
    blockNumber,
    by,
    changes: await Promise.all(
      changes.map(async ({ owner, token: address, delta }) => {
        const token = tokenOf(address)
        const price = token && knowledge.priceOf(token.ref)
        return {
          owner: await name(owner),
          tokenAddress: address,
          delta,
          ...(token ? { token } : {}),
          ...(token && price
            ? { usd: computeValue(delta < 0n ? -delta : delta, token.decimals, price) }
            : {}),
        }
      }),
    ),
    grants: await Promise.all(
      granted
        .filter(
          ({ by: giver, units, kind }) =>
            isSameAddress(giver, from.address) && (units > 0n || kind !== 'allowance'),
        )
        .map(async ({ kind, token, to, units }) => {
          const tokenDetails = tokenOf(token)
          return {
            kind,
            token: await name(token),
            to: await name(to),
            units,
            ...(tokenDetails ? { tokenDetails } : {}),
          }
        }),
    ),
    contracts: await Promise.all(
      contracts.map(async (address) => ({
        ...(await name(address)),
        isFirstTime: !metContracts.hasMet(chainId, address),
      })),
    ),
  }
}

function partiesOf(intent: SigningRequest['intent']): readonly Address[] {
  if (intent.kind === 'nativeTransfer' || intent.kind === 'tokenTransfer') return [intent.to.address]
  if (intent.kind !== 'call') return []
  return (intent.reading?.fields ?? []).flatMap(({ value }) =>
    value.kind === 'address' ? [value.address] : [],
  )
}

async function nameAddress(
  address: Address,
  chainId: ChainId,
  names: ContractNames,
  tokens: ReadonlyMap<string, Token | undefined>,
  knowledge: TrialKnowledge,
): Promise<Omit<Named, 'isFirstTime'>> {
  const own = await knowledge.ownNameOf(address)
  if (own !== undefined) return { address, name: own, nameFrom: 'account' }
  const known = names.get(address.toLowerCase())
  if (known) return { address, ...known }
  const token = tokens.get(address.toLowerCase()) ?? (await knowledge.findToken({ chainId, address }))
  return token
    ? { address, name: token.name, nameFrom: token.source === 'contract' ? 'claim' : 'list' }
    : { address }
}
