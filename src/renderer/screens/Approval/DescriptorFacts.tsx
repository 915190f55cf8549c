import { useTranslations } from 'use-intl'
import type { DescriptorSummary } from '../../../shared/contract/descriptors.ts'
import { Address } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import styles from './ApprovalScreen.module.css'

/** Whose words about which contracts the user is about to believe. */
export function DescriptorFacts({ descriptor }: { readonly descriptor: DescriptorSummary }) {
  const t = useTranslations('approval.descriptor')
  const { owner, contractName, contracts, explains } = descriptor
  return (
    <>
      <Notice tone="caution">{t('warning')}</Notice>
      <Facts
        rows={[
          { term: t('owner'), detail: contractName === undefined ? owner : `${owner} · ${contractName}` },
          ...contracts.map(({ chainId, address }) => ({
            id: `${chainId}:${address}`,
            term: t('contract', { chain: String(chainId) }),
            detail: <Address address={address} canCopy={false} />,
            isWide: true,
          })),
          {
            term: t('explains', { count: explains.length }),
            detail: (
              <ul className={styles.tree}>
                {explains.map((each) => (
                  <li key={each} className="mono">
                    {each}
                  </li>
                ))}
              </ul>
            ),
            isWide: true,
          },
        ]}
      />
    </>
  )
}
