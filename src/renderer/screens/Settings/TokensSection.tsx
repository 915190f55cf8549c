import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { TokenListInfo } from '../../../shared/contract/tokens.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { AddTokenListDialog } from './AddTokenListDialog.tsx'
import { FoundTokenRow } from './FoundTokenRow.tsx'
import styles from './SettingsScreen.module.css'

/** Which lists name tokens, and which tokens that none names are hidden. */
export function TokensSection() {
  const t = useTranslations('settings.tokens')
  const lists = useQuery(queries.tokenLists).data ?? []
  const judgements = useQuery(queries.tokenJudgements).data ?? []
  const [isAdding, setAdding] = useState(false)
  const unlisted = judgements.filter(({ token, isHidden }) => token.source === 'contract' || isHidden)
  return (
    <>
      <p className={styles.lead}>{t('lead')}</p>
      <ul className={styles.networks} aria-label={t('lists')}>
        {lists.map((list) => (
          <ListEntry key={list.id} list={list} />
        ))}
      </ul>
      <div className={styles.actions}>
        <span />
        <Button onClick={() => setAdding(true)}>{t('add')}</Button>
      </div>
      {isAdding && <AddTokenListDialog onClose={() => setAdding(false)} />}
      <h2 className={styles.subtitle}>{t('found.title')}</h2>
      <p className={styles.lead}>{t('found.lead')}</p>
      {unlisted.length === 0 ? (
        <p className={styles.lead}>{t('found.none')}</p>
      ) : (
        <ul className={styles.networks} aria-label={t('found.title')}>
          {unlisted.map((judgement) => (
            <FoundTokenRow key={tokenKey(judgement.token.ref)} judgement={judgement} />
          ))}
        </ul>
      )}
    </>
  )
}

function ListEntry({ list }: { readonly list: TokenListInfo }) {
  const t = useTranslations('settings.tokens')
  const format = useFormatter()
  const errorText = useErrorText()
  const setEnabled = useAction(mainApi().tokens.setListEnabled)
  const renew = useAction(mainApi().tokens.renewList)
  const remove = useAction(mainApi().tokens.removeList)
  const error = setEnabled.error ?? renew.error ?? remove.error
  const isBundled = list.origin === 'bundled'
  return (
    <li className={styles.network}>
      <div className={styles.networkLine}>
        {isBundled ? (
          <span>{list.name}</span>
        ) : (
          <Checkbox
            role="switch"
            isChecked={list.isEnabled}
            isDisabled={setEnabled.isPending}
            onChange={(isEnabled) => void setEnabled.run({ id: list.id, isEnabled })}
          >
            <span className="visually-hidden">{t('use', { list: list.name })}</span>
            <span aria-hidden="true">{list.name}</span>
          </Checkbox>
        )}
        <Badge>{t(`origins.${list.origin}`)}</Badge>
        <span className={styles.nodes}>
          {t('summary', { count: list.tokenCount, version: list.version })}
          {list.writtenAt !== undefined &&
            ` · ${format.dateTime(new Date(list.writtenAt), { dateStyle: 'medium' })}`}
        </span>
        {list.origin === 'url' && (
          <Button
            size="small"
            variant="quiet"
            isBusy={renew.isPending}
            aria-label={t('renewWhat', { list: list.name })}
            onClick={() => void renew.run({ id: list.id })}
          >
            {t('renew')}
          </Button>
        )}
        {!isBundled && (
          <Button
            size="small"
            variant="quiet"
            isBusy={remove.isPending}
            aria-label={t('removeWhat', { list: list.name })}
            onClick={() => void remove.run({ id: list.id })}
          >
            {t('remove')}
          </Button>
        )}
      </div>
      {list.url !== undefined && <span className={styles.nodes}>{list.url}</span>}
      {list.imitations > 0 && <Notice tone="caution">{t('imitations', { count: list.imitations })}</Notice>}
      {list.skipped > 0 && <span className={styles.nodes}>{t('skipped', { count: list.skipped })}</span>}
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
    </li>
  )
}
