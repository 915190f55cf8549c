import { useTranslations } from 'use-intl'
import { Icon } from '../design/Icon.tsx'
import styles from './HostBanner.module.css'

/** Warns, at all times, that this host is not the real one. */
export function HostBanner() {
  const t = useTranslations('shell')
  return (
    <div className={styles.banner} role="note">
      <Icon name="caution" size={15} />
      {t('standIn')}
    </div>
  )
}
