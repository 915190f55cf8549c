import { useTranslations } from 'use-intl'
import { Icon } from '../design/Icon.tsx'
import { Mark } from '../design/Mark.tsx'
import styles from './Rail.module.css'
import { type Route, railScreens } from './route.ts'

interface RailProps {
  readonly current: Route['screen']
  readonly onGo: (route: Route) => void
}

/** The way to the main screens. */
export function Rail({ current, onGo }: RailProps) {
  const t = useTranslations('shell')
  return (
    <nav className={styles.rail} aria-label={t('navigation')}>
      <span className={styles.mark}>
        <Mark size={34} />
      </span>
      <ul className={styles.entries}>
        {railScreens.map((screen) => (
          <li key={screen}>
            <button
              type="button"
              className={styles.entry}
              aria-current={screen === current ? 'page' : undefined}
              onClick={() => onGo({ screen })}
            >
              <Icon name={screen} size={22} />
              {t(screen)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
