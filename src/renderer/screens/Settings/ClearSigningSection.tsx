import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { DescriptorSummary } from '../../../shared/contract/descriptors.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Address } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { FileInput, readChosenFile } from '../../parts/FileInput.tsx'
import styles from './SettingsScreen.module.css'

/** What explains calls and messages beside Minato itself, and whether what nobody explains may be signed. */
export function ClearSigningSection({ onOpenCalls }: { readonly onOpenCalls: () => void }) {
  const t = useTranslations('settings.clearSigning')
  const tf = useTranslations('common.file')
  const errorText = useErrorText()
  const client = useQueryClient()
  const settings = useQuery(queries.settings).data
  const { data: descriptors } = useQuery(queries.descriptors)
  const fileRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const [said, setSaid] = useState<string>()
  const add = useAction(mainApi().descriptors.add)
  const remove = useAction(mainApi().descriptors.remove)
  const update = useAction(mainApi().settings.update)
  const take = (list: readonly DescriptorSummary[]) =>
    client.setQueryData(queries.descriptors.queryKey, [...list])
  const load = async () => {
    setProblem(undefined)
    setSaid(undefined)
    const bytes = await readChosenFile(fileRef.current)
    if (typeof bytes === 'string') {
      setProblem(tf(bytes))
      return
    }
    const result = await add.run({ text: new TextDecoder().decode(bytes) })
    if (!result.ok) return
    if (result.value.status === 'rejected') setSaid(t('rejected'))
    else {
      take(result.value.descriptors)
      setSaid(t('added'))
    }
  }
  const error = add.error ?? remove.error ?? update.error
  return (
    <div className={styles.section}>
      <p className={styles.lead}>{t('lead')}</p>
      <div className={styles.links}>
        <Button onClick={onOpenCalls}>{t('calls')}</Button>
      </div>
      <h2 className={styles.subtitle}>{t('own')}</h2>
      <FileInput
        inputRef={fileRef}
        label={t('file')}
        hint={t('fileHint')}
        error={problem}
        accept=".json"
        onChoose={() => setProblem(undefined)}
      />
      <div>
        <Button isBusy={add.isPending} onClick={() => void load()}>
          {t('add')}
        </Button>
      </div>
      {error && (
        <Notice tone="attention" role="alert">
          {error.code === 'signing.undecodable'
            ? t('wrong', { where: String(error.params.detail ?? '') })
            : errorText(error)}
        </Notice>
      )}
      <p role="status">{said}</p>
      {descriptors?.length === 0 && <p>{t('none')}</p>}
      <ul aria-label={t('own')}>
        {descriptors?.map((descriptor) => (
          <Entry
            key={descriptor.digest}
            descriptor={descriptor}
            onRemove={async () => {
              const result = await remove.run({ digest: descriptor.digest })
              if (result.ok) take(result.value)
            }}
          />
        ))}
      </ul>
      <h2 className={styles.subtitle}>{t('expert')}</h2>
      <Checkbox
        role="switch"
        isChecked={settings?.signsUnknown ?? false}
        onChange={(signsUnknown) => void update.run({ signsUnknown })}
      >
        {t('signsUnknown')}
      </Checkbox>
      <p className={styles.lead}>{t('signsUnknownHint')}</p>
    </div>
  )
}

interface EntryProps {
  readonly descriptor: DescriptorSummary
  readonly onRemove: () => void
}

function Entry({ descriptor, onRemove }: EntryProps) {
  const t = useTranslations('settings.clearSigning')
  const format = useFormatter()
  const chainName = useChainNames()
  const { owner, contractName, contracts, explains, addedAtMs } = descriptor
  return (
    <li className={styles.rule}>
      <div className={styles.ruleHead}>
        <h3 className={styles.ruleName}>{contractName ?? owner}</h3>
        <Button size="small" aria-label={t('removeWhat', { name: contractName ?? owner })} onClick={onRemove}>
          {t('remove')}
        </Button>
      </div>
      <Facts
        rows={[
          { term: t('owner'), detail: owner },
          { term: t('explains'), detail: format.number(explains.length) },
          { term: t('since'), detail: format.dateTime(addedAtMs, { dateStyle: 'medium' }) },
          ...contracts.slice(0, 8).map(({ chainId, address }) => ({
            id: `${chainId}:${address}`,
            term: chainName(chainId),
            detail: <Address address={address} />,
            isWide: true,
          })),
        ]}
      />
    </li>
  )
}
