import type { ReadingEffects, ReadingField } from '../../../../shared/contract/readings.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { FormatSpec } from './Descriptor.ts'
import { toAddress, toInteger } from './formatValue.ts'
import { type PathScope, resolvePath } from './paths.ts'

/** Amounts from here on are no limits: half of what the counter holds, whether it has 160 bits (Permit2) or 256. */
const leastUnlimited = 2n ** 159n
const coin = '0x0000000000000000000000000000000000000000'

/**
 * What a call takes and gives away: as Minato's descriptors say; of any other descriptor all amounts that it shows.
 *
 * @param value of the chain's coin, which goes with the call.
 */
export function readEffects(
  { $effects }: FormatSpec,
  fields: readonly ReadingField[],
  scope: PathScope,
  value: bigint,
): ReadingEffects {
  const many = (path: string | undefined) =>
    path === undefined ? [undefined] : resolvePath(path, scope).values
  const zip = <T>(paths: readonly (string | undefined)[], make: (...values: unknown[]) => T): T[] => {
    const lists = paths.map(many)
    const length = Math.max(...lists.map((list) => list.length))
    return Array.from({ length }, (_, at) =>
      make(...lists.map((list) => (list.length === 1 ? list[0] : list[at]))),
    )
  }
  const token = (each: unknown) => (each === undefined ? undefined : toAddress(each))
  const spends = $effects?.spends
    ? $effects.spends.flatMap((spend) =>
        zip([spend.token, spend.units], (of, units) => ({
          token: toSpent(token(of)),
          units: units === undefined ? undefined : toInteger(units),
        })),
      )
    : $effects
      ? []
      : fields.flatMap(({ value: shown }) =>
          shown.kind === 'amount'
            ? [{ token: shown.token?.ref.address ?? shown.tokenAddress, units: shown.units }]
            : shown.kind === 'nft'
              ? [{ token: shown.collection, units: 1n }]
              : [],
        )
  const inner = fields.flatMap(({ value: shown }) =>
    shown.kind === 'call' && shown.reading ? [shown.reading.effects] : [],
  )
  // Coin for the calls within comes out of what goes with this one. Only an account whose own code makes them pays them itself.
  const isOwnCode = isSameAddress(scope.container.to as Address, scope.container.from as Address)
  const innerSpends = inner.flatMap((each) => each.spends)
  return {
    spends: [
      ...(value > 0n && !isOwnCode ? [{ token: 'native' as const, units: value }] : []),
      ...spends,
      ...(isOwnCode ? innerSpends : innerSpends.filter((spend) => spend.token !== 'native')),
    ],
    grants: [
      ...($effects?.grants ?? []).flatMap(({ token: of, to, units, unlessFalse }) =>
        zip([of, to, units, unlessFalse], (tokenOf, spender, amount, isGiven) => ({
          token: token(tokenOf),
          to: toAddress(spender),
          units: isGiven === false ? 0n : limitOf(amount),
        })),
      ),
      ...inner.flatMap((each) => each.grants),
    ].filter(({ units }) => units !== 0n),
    grantsAll: [
      ...($effects?.grantsAll ?? []).flatMap(({ to, unlessFalse }) =>
        zip([to, unlessFalse], (operator, isGiven) =>
          isGiven === false ? [] : [{ collection: toAddress(scope.container.to), to: toAddress(operator) }],
        ).flat(),
      ),
      ...inner.flatMap((each) => each.grantsAll),
    ],
    ownership: [
      ...($effects?.ownership ?? []).flatMap((path) => resolvePath(path, scope).values.map(toAddress)),
      ...inner.flatMap((each) => each.ownership),
    ],
  }
}

function limitOf(amount: unknown): bigint | undefined {
  if (amount === undefined) return undefined
  const units = toInteger(amount)
  return units >= leastUnlimited ? undefined : units
}

const toSpent = (address: Address | undefined): Address | 'native' | undefined =>
  address?.toLowerCase() === coin ? 'native' : address
