import { useTranslations } from 'use-intl'
import type { Danger } from '../../../../shared/contract/readings.ts'
import { Address } from '../../../design/Address.tsx'
import { Checkbox } from '../../../design/Checkbox.tsx'
import { Notice } from '../../../design/Notice.tsx'
import styles from '../ApprovalScreen.module.css'

interface DangersProps {
  readonly dangers: readonly Danger[]
  readonly isAccepted: boolean
  readonly onAccept: (isAccepted: boolean) => void
}

/** What has cost others everything, above all else; nothing is signed until the user has said that they mean it. */
export function Dangers({ dangers, isAccepted, onAccept }: DangersProps) {
  const t = useTranslations('approval.dangers')
  if (dangers.length === 0) return null
  return (
    <Notice tone="attention" title={t('title', { count: dangers.length })}>
      <span className={styles.dangers}>
        {dangers.map(({ kind, address, name }, at) => (
          <span key={`${kind}:${address}:${name}`} className={styles.danger}>
            <span>
              {name === undefined || (kind !== 'unlimitedAllowance' && kind !== 'lookalike')
                ? t(kind)
                : t(`${kind}Of`, { name })}
            </span>
            {/* Several about one address name it once, below the last. */}
            {address && address !== dangers[at + 1]?.address && <Address address={address} canCopy={false} />}
          </span>
        ))}
        <Checkbox isChecked={isAccepted} onChange={onAccept}>
          {t('accept')}
        </Checkbox>
      </span>
    </Notice>
  )
}
