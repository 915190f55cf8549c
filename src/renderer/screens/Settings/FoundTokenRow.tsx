import { useFormatter, useTranslations } from 'use-intl'
import type { TokenJudgement } from '../../../shared/contract/tokens.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Address } from '../../design/Address.tsx'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './SettingsScreen.module.css'

/** A token that came unasked for: what it calls itself, what speaks against it, and whether it is shown. */
export function FoundTokenRow({ judgement }: { readonly judgement: TokenJudgement }) {
  const t = useTranslations('settings.tokens.found')
  const format = useFormatter()
  const errorText = useErrorText()
  const chainName = useChainNames()
  const setHidden = useAction(mainApi().tokens.setHidden)
  const { token, isHidden, reasons, imitated, foundAtMs } = judgement
  return (
    <li className={styles.network}>
      <div className={styles.networkLine}>
        <span>{t('name', { symbol: token.symbol, name: token.name })}</span>
        <Badge tone={isHidden ? 'caution' : 'neutral'}>{isHidden ? t('hidden') : t('shown')}</Badge>
        <span className={styles.nodes}>
          {chainName(token.ref.chainId)} · {format.dateTime(foundAtMs, { dateStyle: 'medium' })}
        </span>
        <Button
          size="small"
          variant="quiet"
          isBusy={setHidden.isPending}
          aria-label={
            isHidden ? t('showWhat', { name: token.symbol }) : t('hideWhat', { name: token.symbol })
          }
          onClick={() => void setHidden.run({ token: token.ref, isHidden: !isHidden })}
        >
          {isHidden ? t('show') : t('hide')}
        </Button>
      </div>
      {token.ref.address !== 'native' && <Address address={token.ref.address} />}
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={reason} className={styles.nodes}>
              {t(`reasons.${reason}`, { symbol: imitated?.symbol ?? '' })}
            </li>
          ))}
        </ul>
      )}
      {setHidden.error && (
        <Notice tone="attention" role="alert">
          {errorText(setHidden.error)}
        </Notice>
      )}
    </li>
  )
}
