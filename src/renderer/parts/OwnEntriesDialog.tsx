import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { NewEntry, OwnEntry } from '../../shared/contract/registry.ts'
import { addressSchema } from '../../shared/identity/identity.ts'
import { mainApi } from '../api/mainApi.ts'
import { queries } from '../api/queries.ts'
import { queryKeys } from '../api/queryKeys.ts'
import { useAction } from '../api/useAction.ts'
import { Badge } from '../design/Badge.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { Field } from '../design/Field.tsx'
import { Notice } from '../design/Notice.tsx'
import { Select } from '../design/Select.tsx'
import { TextInput } from '../design/TextInput.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'
import styles from './AssetTable.module.css'

const assetClasses = ['treasury', 'fund', 'equity', 'commodity', 'realEstate', 'credit'] as const

interface OwnEntriesDialogProps {
  readonly kind: OwnEntry['kind']
  readonly onClose: () => void
}

/** What the user adds to what is shipped: a contract, what it is, and whose word that is. */
export function OwnEntriesDialog({ kind, onClose }: OwnEntriesDialogProps) {
  const t = useTranslations('assets.own')
  const tk = useTranslations('realWorldAssets.kinds')
  const errorText = useErrorText()
  const client = useQueryClient()
  const chains = (useQuery(queries.chains).data ?? []).filter(({ enabled }) => enabled)
  const own = (useQuery(queries.ownEntries).data ?? []).filter((entry) => entry.kind === kind)
  const [chainId, setChainId] = useState<number>()
  const [address, setAddress] = useState('')
  const [of, setOf] = useState(kind === 'stablecoin' ? '' : 'fund')
  const [issuer, setIssuer] = useState('')
  const [source, setSource] = useState('')
  const [url, setUrl] = useState('')
  const add = useAction(mainApi().registry.add)
  const remove = useAction(mainApi().registry.remove)
  const failure = add.error ?? remove.error
  const chain = chains.find((each) => each.chainId === chainId) ?? chains[0]
  const parsed = addressSchema.safeParse(address.trim())
  const isUrl = url.trim() === '' || /^https:\/\/\S+\.\S+$/.test(url.trim())
  const isComplete =
    parsed.success &&
    source.trim() !== '' &&
    isUrl &&
    (kind !== 'stablecoin' || /^[A-Za-z]{3}$/.test(of.trim()))

  const keep = (entries: OwnEntry[]) => {
    client.setQueryData(queries.ownEntries.queryKey, entries)
    void client.invalidateQueries({ queryKey: queryKeys.stablecoins })
    void client.invalidateQueries({ queryKey: queryKeys.realWorldAssets })
  }
  const submit = async () => {
    if (!parsed.success || !chain) return
    const common = { chainId: chain.chainId, address: parsed.data, issuer, source, url: url.trim() }
    const entry: NewEntry =
      kind === 'stablecoin'
        ? { kind, ...common, currency: of.trim().toUpperCase() }
        : { kind, ...common, assetClass: assetClasses.find((each) => each === of) ?? 'fund' }
    const result = await add.run(entry)
    if (!result.ok) return
    keep(result.value)
    for (const clear of [setAddress, setIssuer, setSource, setUrl]) clear('')
  }
  const text = (label: string, value: string, set: (next: string) => void, error?: string, hint?: string) => (
    <Field label={label} error={error} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          maxLength={200}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  )
  return (
    <Dialog title={t(`title.${kind}`)} onClose={onClose}>
      <form
        className={styles.inspector}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p className={styles.quiet}>{t('explain')}</p>
        {own.length > 0 && (
          <ul className={styles.list}>
            {own.map(({ id, symbol, name, of: what }) => (
              <li key={id}>
                <span className={styles.asset}>
                  {symbol} · {name} <Badge>{what}</Badge>
                </span>
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={t('removeWhat', { symbol })}
                  onClick={async () => {
                    const result = await remove.run({ kind, id })
                    if (result.ok) keep(result.value)
                  }}
                >
                  {t('remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {chains.length > 1 && (
          <Field label={t('network')}>
            {(control) => (
              <Select
                {...control}
                value={chain?.chainId}
                onChange={(event) => setChainId(Number(event.currentTarget.value))}
              >
                {chains.map((each) => (
                  <option key={each.chainId} value={each.chainId}>
                    {each.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {text(
          t('address'),
          address,
          setAddress,
          address.trim() === '' || parsed.success
            ? undefined
            : errorText({ code: 'address.invalid', params: {} }),
        )}
        {kind === 'stablecoin' ? (
          text(t('currency'), of, setOf, undefined, t('currencyHint'))
        ) : (
          <Field label={t('class')}>
            {(control) => (
              <Select {...control} value={of} onChange={(event) => setOf(event.currentTarget.value)}>
                {assetClasses.map((each) => (
                  <option key={each} value={each}>
                    {tk(each)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {text(t('issuer'), issuer, setIssuer)}
        {text(t('source'), source, setSource, undefined, t('sourceHint'))}
        {text(t('url'), url, setUrl, isUrl ? undefined : t('urlWrong'))}
        {failure && (
          <Notice tone="attention" role="alert">
            {errorText(failure)}
          </Notice>
        )}
        <Button type="submit" variant="primary" isBusy={add.isPending} disabled={!isComplete}>
          {t('add')}
        </Button>
      </form>
    </Dialog>
  )
}
