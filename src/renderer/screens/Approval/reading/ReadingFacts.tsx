import { useTranslations } from 'use-intl'
import type { Reading, ReadingField, ReadingValue } from '../../../../shared/contract/readings.ts'
import { Address } from '../../../design/Address.tsx'
import { Facts } from '../../../design/Facts.tsx'
import { usePhrase } from '../../../i18n/phrases/usePhrase.ts'
import styles from '../ApprovalScreen.module.css'
import { useReadingSentence } from './useReadingSentence.ts'
import { useWriteValue } from './useWriteValue.ts'

/** Every field that the descriptor of a call or a message shows; calls within it stand indented. */
export function ReadingFacts({ reading }: { readonly reading: Reading }) {
  const t = useTranslations('approval.reading')
  const phrase = usePhrase()
  const { owner, contractName } = reading
  return (
    <>
      <Facts
        rows={reading.fields.map((field, at) => ({
          id: `${at}`,
          term: [field.heading, phrase(field.label)].filter(Boolean).join(' · '),
          detail: <Value field={field} />,
          isWide: isWide(field.value),
        }))}
      />
      <p className={styles.provenance}>
        {reading.describedBy === 'user'
          ? t('byUser', { owner: owner ?? '' })
          : reading.isAssumed
            ? t('byStandard', { call: reading.signature.split('(')[0] ?? '' })
            : (contractName ?? owner)
              ? t('byMinatoOf', { name: contractName ?? owner ?? '' })
              : t('byMinato')}
      </p>
    </>
  )
}

function Value({ field: { value } }: { readonly field: ReadingField }) {
  const t = useTranslations('approval.reading')
  const write = useWriteValue()
  const sentenceOf = useReadingSentence()
  switch (value.kind) {
    case 'address':
      return (
        <Address
          address={value.address}
          name={value.name}
          {...(value.nameFrom ? { nameFrom: value.nameFrom } : {})}
          canCopy={false}
        />
      )
    case 'bytes':
      return <code className={styles.raw}>{value.hex}</code>
    case 'call':
      return value.reading ? (
        <div className={styles.inner}>
          <strong>{sentenceOf(value.reading)}</strong>
          {value.callee && <Address address={value.callee} canCopy={false} />}
          <ReadingFacts reading={value.reading} />
        </div>
      ) : (
        <div className={styles.inner}>
          <strong>{t('unknownCall')}</strong>
          {value.callee && <Address address={value.callee} canCopy={false} />}
          <code className={styles.raw}>{value.hex}</code>
        </div>
      )
    default:
      return <strong>{write(value)}</strong>
  }
}

function isWide({ kind }: ReadingValue): boolean {
  return kind === 'address' || kind === 'bytes' || kind === 'call'
}
