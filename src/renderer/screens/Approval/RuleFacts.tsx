import { useLocale, useTranslations } from 'use-intl'
import type { RuleScope } from '../../../shared/contract/rules.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatExactAmount } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { minimumForAll } from './minimumForAll.ts'
import { useExactAmount } from './useExactAmount.tsx'

/** A wei is 10^-18 of the coin on every network with Ethereum's rules. */
const coinDecimals = 18

/** The bounds of a standing rule: within them nobody is asked again. */
export function RuleFacts({ rule }: { readonly rule: RuleScope }) {
  const t = useTranslations('approval.message.bounds')
  const locale = useLocale()
  const exactly = useExactAmount()
  const time = (atMs: number) => new Date(atMs).toLocaleString(locale)
  return (
    <>
      <Notice tone="caution">{t('warning')}</Notice>
      <Facts
        rows={[
          { term: t('inAll'), detail: exactly(rule.maximumUnits, rule.token) },
          { term: t('perUse'), detail: exactly(rule.maximumUnitsPerUse, rule.token) },
          ...(rule.swap
            ? [
                {
                  term: t('leastInAll'),
                  detail: exactly(minimumForAll(rule, rule.swap), rule.swap.buy),
                },
                { term: t('receiver'), detail: t('thisAccount') },
              ]
            : []),
          {
            term: t('fee'),
            detail: t('coinAmount', { amount: formatExactAmount(rule.maximumFee, coinDecimals, locale) }),
          },
          { term: t('uses'), detail: String(rule.maximumUses) },
          { term: t('from'), detail: time(rule.startsAtMs) },
          { term: t('until'), detail: time(rule.expiresAtMs) },
          ...(rule.swap?.venues ?? [rule.contract]).map((contract) => ({
            term: t('contract'),
            detail: <Address address={contract} canCopy={false} />,
            isWide: true,
          })),
          ...(rule.selector === 'none'
            ? []
            : [{ term: t('call'), detail: <span className="mono">{rule.selector}</span> }]),
          ...rule.recipients.map((recipient) => ({
            term: t('recipient'),
            detail: <Address address={recipient} canCopy={false} />,
            isWide: true,
          })),
        ]}
      />
    </>
  )
}
