import { useQueryClient } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import type { HistoryGap } from '../../../shared/contract/activity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queryKeys } from '../../api/queryKeys.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Button } from '../../design/Button.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'

/** Stands in the history where entries are missing, and reads them. */
export function HistoryGapNotice({ gap }: { readonly gap: HistoryGap }) {
  const t = useTranslations('activity.unread')
  const format = useFormatter()
  const accounts = useAccounts()
  const chainName = useChainNames()
  const errorText = useErrorText()
  const client = useQueryClient()
  const reading = useAction(mainApi().activity.readHistoryGap)
  const { chainId, accountId, lastBlock, firstMs, lastMs } = gap
  const time = (atMs: number) => format.dateTime(atMs, { dateStyle: 'medium', timeStyle: 'short' })
  const readOn = async () => {
    await reading.run({ chainId, accountId, lastBlock })
    await client.invalidateQueries({ queryKey: queryKeys.filteredActivity })
  }
  return (
    <Notice
      tone="caution"
      title={t('title')}
      action={
        <Button size="small" isBusy={reading.isPending} onClick={() => void readOn()}>
          {t('readOn')}
        </Button>
      }
    >
      {t('text', {
        from: time(firstMs),
        to: time(lastMs),
        account: accounts.find(({ id }) => id === accountId)?.name ?? '',
        network: chainName(chainId),
      })}
      {reading.error && <p role="alert">{errorText(reading.error)}</p>}
    </Notice>
  )
}
