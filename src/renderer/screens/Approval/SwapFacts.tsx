import { useFormatter, useTranslations } from 'use-intl'
import type { SigningIntent, SigningPreparation } from '../../../shared/contract/signing.ts'
import { assertNever } from '../../../shared/errors/assertNever.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { useExactAmount } from './useExactAmount.tsx'
import { useWriteSigned } from './useWriteSigned.ts'

interface SwapFactsProps {
  readonly intent: Extract<SigningIntent, { kind: 'swap' }>
  readonly preparations: readonly SigningPreparation[]
}

/** What a swap takes and gives whatever the prices are, and who is allowed to take it. */
export function SwapFacts({ intent, preparations }: SwapFactsProps) {
  const t = useTranslations('approval')
  const format = useFormatter()
  const writeSigned = useWriteSigned()
  const exactly = useExactAmount()
  const { sell, buy, through, permit, validUntilMs, order } = intent
  const time = (timestampMs: number) =>
    format.dateTime(timestampMs, { dateStyle: 'medium', timeStyle: 'short' })
  const write = (units: bigint) => writeSigned(units, sell)
  const allowances = [
    ...preparations.map((preparation) => {
      const { kind, units, spender } = preparation
      switch (kind) {
        case 'approve':
          return t('allowances.approve', { spender: spender.name, amount: write(units) })
        case 'resetAllowance':
          return t('allowances.reset', { spender: spender.name })
        default:
          return assertNever(kind)
      }
    }),
    ...(permit
      ? [t('allowances.permit', { amount: write(permit.units), time: time(permit.expiresAtMs) })]
      : []),
  ]
  return (
    <Facts
      rows={[
        { term: t('give'), detail: exactly(intent.maximumSold, sell) },
        { term: t('receive'), detail: exactly(intent.minimumBought, buy) },
        ...[sell, buy].flatMap(({ ref, name }) =>
          ref.address === 'native'
            ? []
            : [
                {
                  term: t('tokenContract'),
                  detail: <Address address={ref.address} name={name} canCopy={false} />,
                  isWide: true,
                },
              ],
        ),
        {
          term: t('through'),
          detail: (
            <Address
              address={through.address}
              {...(through.name === '' ? {} : { name: through.name })}
              canCopy={false}
            />
          ),
          isWide: true,
        },
        ...(order
          ? [
              {
                term: t('order.maker'),
                detail: (
                  <Address address={order.maker.address} name={order.maker.ownAccountName} canCopy={false} />
                ),
                isWide: true,
              },
              { term: t('order.share'), detail: t('order.shareText'), isWide: true },
            ]
          : []),
        ...(allowances.length === 0
          ? []
          : [
              {
                term: t('allowances.title'),
                detail: (
                  <ul>
                    {allowances.map((allowance) => (
                      <li key={allowance}>{allowance}</li>
                    ))}
                  </ul>
                ),
                isWide: true,
              },
            ]),
        ...(validUntilMs === undefined ? [] : [{ term: t('validUntil'), detail: time(validUntilMs) }]),
      ]}
    />
  )
}
