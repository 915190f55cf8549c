import { useTranslations } from 'use-intl'
import type { SigningIntent, SigningRequest } from '../../../shared/contract/signing.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import styles from './ApprovalScreen.module.css'
import { ReadingFacts } from './reading/ReadingFacts.tsx'
import { useExactAmount } from './useExactAmount.tsx'

interface CallFactsProps {
  readonly intent: Extract<SigningIntent, { kind: 'call' }>
  readonly nativeToken: SigningRequest['nativeToken']
}

/** What a call of a contract says: by its descriptor, or where nobody has one, as the bytes that it is. */
export function CallFacts({ intent, nativeToken }: CallFactsProps) {
  const t = useTranslations('approval.reading')
  const exactly = useExactAmount()
  const { to, contractName, value, data, reading } = intent
  return (
    <>
      {reading ? <ReadingFacts reading={reading} /> : null}
      <Facts
        rows={[
          {
            term: t('contract'),
            detail: (
              <Address
                address={to.address}
                {...(contractName === '' ? {} : { name: contractName })}
                canCopy={false}
              />
            ),
            isWide: true,
          },
          ...(value > 0n ? [{ term: t('with'), detail: exactly(value, nativeToken) }] : []),
          ...(reading
            ? []
            : [
                { term: t('selector'), detail: <span className="mono">{data.slice(0, 10)}</span> },
                {
                  term: t('bytes', { count: (data.length - 2) / 2 }),
                  detail: <code className={styles.raw}>{data}</code>,
                  isWide: true,
                },
              ]),
        ]}
      />
    </>
  )
}
