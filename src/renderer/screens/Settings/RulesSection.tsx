import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import type { StandingRule } from '../../../shared/contract/rules.ts'
import { isRuleOver, isRuleUsedUp } from '../../../shared/rules/ruleEnds.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Address } from '../../design/Address.tsx'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useNow } from '../../design/useNow.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import styles from './SettingsScreen.module.css'

/** What may be signed without a question, what was used of it, and how it is ended. */
export function RulesSection() {
  const t = useTranslations('rules')
  const errorText = useErrorText()
  const { data: rules, error } = useQuery(queries.rules)
  return (
    <>
      <p className={styles.lead}>{t('lead')}</p>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {rules?.length === 0 && <p>{t('none')}</p>}
      {rules !== undefined && rules.length > 0 && (
        <ul aria-label={t('list')}>
          {rules.map((rule) => (
            <RuleEntry key={rule.id} rule={rule} />
          ))}
        </ul>
      )}
    </>
  )
}

function RuleEntry({ rule }: { readonly rule: StandingRule }) {
  const t = useTranslations('rules')
  const format = useFormatter()
  const errorText = useErrorText()
  const chainName = useChainNames()
  const account = useAccounts().find(({ id }) => id === rule.accountId)
  const revoke = useAction(mainApi().rules.revoke)
  const state = stateOf(rule, useNow(10_000))
  const amountOf = (units: StandingRule['spentUnits']) => <TokenAmount units={units} token={rule.token} />
  return (
    <li className={styles.rule}>
      <div className={styles.ruleHead}>
        <h3 className={styles.ruleName}>{rule.name}</h3>
        <Badge tone={state === 'active' ? 'caution' : 'neutral'}>{t(`state.${state}`)}</Badge>
        {(state === 'active' || state === 'waiting') && (
          <Button
            size="small"
            variant="danger"
            isBusy={revoke.isPending}
            aria-label={t('revokeWhat', { name: rule.name })}
            onClick={() => void revoke.run({ ruleId: rule.id })}
          >
            {t('revoke')}
          </Button>
        )}
      </div>
      {revoke.error && (
        <Notice tone="attention" role="alert">
          {errorText(revoke.error)}
        </Notice>
      )}
      <Facts
        rows={[
          {
            term: t('spent'),
            detail: t.rich('spentOf', {
              spent: () => amountOf(rule.spentUnits),
              maximum: () => amountOf(rule.maximumUnits),
            }),
          },
          {
            term: t('usesLabel'),
            detail: t('uses', { uses: String(rule.uses), maximum: String(rule.maximumUses) }),
          },
          { term: t('account'), detail: account?.name ?? rule.accountId },
          { term: t('network'), detail: chainName(rule.chainId) },
          {
            term: t('ends'),
            detail: format.dateTime(rule.expiresAtMs, { dateStyle: 'medium', timeStyle: 'short' }),
          },
          { term: t('contract'), detail: <Address address={rule.contract} />, isWide: true },
        ]}
      />
    </li>
  )
}

function stateOf(rule: StandingRule, nowMs: number): 'active' | 'ended' | 'revoked' | 'waiting' {
  if (rule.revokedAtMs !== undefined) return 'revoked'
  if (isRuleOver(rule, nowMs) || isRuleUsedUp(rule)) return 'ended'
  return rule.startsAtMs > nowMs ? 'waiting' : 'active'
}
