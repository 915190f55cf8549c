import { useTranslations } from 'use-intl'
import type { MessageRequest, TypedField } from '../../../shared/contract/messages.ts'
import { assertNever } from '../../../shared/errors/assertNever.ts'
import { toSafeText } from '../../../shared/text/toSafeText.ts'
import { Address, GroupedHex } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import styles from './ApprovalScreen.module.css'
import { DelegationFacts } from './DelegationFacts.tsx'
import { DescriptorFacts } from './DescriptorFacts.tsx'
import { LimitOrderFacts } from './LimitOrderFacts.tsx'
import { RuleFacts } from './RuleFacts.tsx'
import { ReadingFacts } from './reading/ReadingFacts.tsx'

/** Longer values are cut where they are shown; the fingerprint still stands for all of them. */
const longestValue = 2_000

/** Everything that a signature on this message covers. */
export function MessageFacts({
  request,
  askedBy,
}: {
  readonly request: MessageRequest
  readonly askedBy: string | undefined
}) {
  const t = useTranslations('approval')
  const { from, chain } = request
  return (
    <>
      <Content request={request} />
      <Facts
        rows={[
          {
            term: t('message.account'),
            detail: (
              <Address address={from.address} name={from.ownAccountName} nameFrom="account" canCopy={false} />
            ),
            isWide: true,
          },
          {
            term: t('network'),
            detail: chain ? (
              <>
                <strong>{chain.name}</strong> · {t('chainId', { id: String(chain.chainId) })}
              </>
            ) : (
              t('message.everyNetwork')
            ),
          },
          ...(askedBy === undefined
            ? []
            : [{ term: t('message.askedBy'), detail: toSafeText(askedBy, 256), isWide: true }]),
          { term: t('digest'), detail: <GroupedHex hex={request.digest} />, isWide: true },
        ]}
      />
    </>
  )
}

function Content({ request }: { readonly request: MessageRequest }) {
  const t = useTranslations('approval.message')
  const { content } = request
  switch (content.kind) {
    case 'text':
      return content.text === undefined ? (
        <>
          <Notice tone="attention">{t('unreadable')}</Notice>
          <code className={styles.raw}>{content.hex}</code>
        </>
      ) : (
        <pre className={styles.message}>{content.text}</pre>
      )
    case 'typedData': {
      const { meaning, reading } = content
      return (
        <>
          {meaning && <LimitOrderFacts meaning={meaning} />}
          {reading && <ReadingFacts reading={reading} />}
          {!meaning && !reading && <Notice tone="caution">{t('unknownData')}</Notice>}
          <details className={styles.details} open={!meaning && !reading}>
            <summary>{t('everything')}</summary>
            <h3 className={styles.claimsTitle}>{t('domain')}</h3>
            <Tree fields={content.domain} />
            <h3 className={styles.claimsTitle}>{t('content')}</h3>
            <Tree fields={content.fields} />
          </details>
        </>
      )
    }
    case 'delegation':
      return <DelegationFacts delegate={content.delegate} />
    case 'standingRule':
      return <RuleFacts rule={content.rule} />
    case 'descriptor':
      return <DescriptorFacts descriptor={content.descriptor} />
    default:
      return assertNever(content)
  }
}

function Tree({ fields }: { readonly fields: readonly TypedField[] }) {
  return (
    <ul className={styles.tree}>
      {fields.map((field) => (
        <li key={field.name}>
          <span className={styles.fieldName}>{toSafeText(field.name, 100)}</span>{' '}
          {field.value === undefined ? null : (
            <span className="mono">{toSafeText(field.value, longestValue)}</span>
          )}
          {field.fields && <Tree fields={field.fields} />}
        </li>
      ))}
    </ul>
  )
}
