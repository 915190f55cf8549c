import type { Danger, Reading, ReadingValue } from '../../../../shared/contract/readings.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import { resembles } from '../../../../shared/identity/resembles.ts'
import { type ClearContext, findToken, nameAddress } from './ClearContext.ts'
import { isWhole } from './readCall.ts'

/** What is dangerous about a call or a message that was read; `chainId` of where it holds. */
export function listReadingDangers(reading: Reading, chainId: number, context: ClearContext): Danger[] {
  const { grants, grantsAll, ownership } = reading.effects
  const nameOf = (address: Address) => nameAddress(context, chainId, address)
  const dangers: Danger[] = [
    ...(reading.isAssumed ? [{ kind: 'unknownContract' } as const] : []),
    ...(reading.describedBy === 'user' ? [{ kind: 'userDescriptor' } as const] : []),
    ...grants.flatMap(({ to, token, units }): Danger[] => [
      ...(units === undefined
        ? [
            {
              kind: 'unlimitedAllowance',
              address: to,
              ...named(token && findToken(context, chainId, token)?.symbol),
            } as const,
          ]
        : []),
      ...unknownSpender(to, nameOf(to)),
    ]),
    ...grantsAll.flatMap(({ to }): Danger[] => [
      { kind: 'allOfCollection', address: to },
      ...unknownSpender(to, nameOf(to)),
    ]),
    ...ownership.map((address) => ({ kind: 'ownership', address }) as const),
    ...listAddresses(reading).flatMap((value): Danger[] => [
      ...(value.isUnexpected ? [{ kind: 'unexpectedAddress', address: value.address } as const] : []),
      ...findLookalike(value.address, chainId, context),
    ]),
    ...innerReadings(reading).flatMap((inner) => listReadingDangers(inner, chainId, context)),
    ...(isWhole(reading) ? [] : [{ kind: 'unknownData' } as const]),
  ]
  return distinct(dangers)
}

/** An address whose ends are those of another one that the user knows: the way of address poisoning. */
export function findLookalike(address: Address, chainId: number, context: ClearContext): Danger[] {
  const known = [
    ...context.ownAddresses(),
    ...context.tokens.flatMap(({ ref, symbol }) =>
      ref.chainId === chainId && ref.address !== 'native' ? [{ address: ref.address, name: symbol }] : [],
    ),
  ]
  if (known.some((each) => isSameAddress(each.address, address))) return []
  const resembled = known.find((each) => resembles(address, each.address))
  return resembled ? [{ kind: 'lookalike', address, ...named(resembled.name) }] : []
}

function unknownSpender(address: Address, known: { name: string } | undefined): Danger[] {
  return known ? [] : [{ kind: 'unknownSpender', address }]
}

function listAddresses({ fields }: Reading): Extract<ReadingValue, { kind: 'address' }>[] {
  return fields.flatMap(({ value }) => (value.kind === 'address' ? [value] : []))
}

function innerReadings({ fields }: Reading): Reading[] {
  return fields.flatMap(({ value }) => (value.kind === 'call' && value.reading ? [value.reading] : []))
}

const named = (name: string | undefined) => (name === undefined ? {} : { name })

export function distinct(dangers: readonly Danger[]): Danger[] {
  const seen = new Set<string>()
  return dangers.filter(({ kind, address, name }) => {
    const key = `${kind}:${address?.toLowerCase() ?? ''}:${name ?? ''}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
