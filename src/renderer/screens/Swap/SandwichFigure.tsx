import { useTranslations } from 'use-intl'
import styles from './SandwichFigure.module.css'

/** What a sandwich does to the price, or what the trade alone does when nobody can see it: a sketch, not to scale. */
export function SandwichFigure({ isAttacked }: { readonly isAttacked: boolean }) {
  const t = useTranslations('swap.sandwich')
  return (
    <svg
      className={styles.figure}
      viewBox="0 0 320 150"
      role="img"
      aria-label={t(isAttacked ? 'drawing' : 'shelteredDrawing')}
    >
      <line x1="14" y1="34" x2="306" y2="34" className={styles.limit} />
      <text x="306" y="28" className={styles.end}>
        {t('limit')}
      </text>
      <line x1="14" y1="124" x2="306" y2="124" className={styles.axis} />
      <text x="14" y="142" className={styles.start}>
        {t('price')}
      </text>
      {isAttacked ? (
        <>
          <path d="M14 108H60C78 108 78 72 96 72H128" className={styles.attacker} />
          <path d="M128 72C146 72 146 36 164 36H206" className={styles.own} />
          <path d="M206 36C226 36 226 92 244 92H306" className={styles.attacker} />
          <text x="78" y="62" className={styles.label}>
            {t('before')}
          </text>
          <text x="150" y="92" className={styles.label}>
            {t('yours')}
          </text>
          <text x="258" y="112" className={styles.label}>
            {t('after')}
          </text>
        </>
      ) : (
        <>
          <path d="M14 108H124" className={styles.quiet} />
          <path d="M124 108C146 108 146 78 168 78" className={styles.own} />
          <path d="M168 78H306" className={styles.quiet} />
          <text x="150" y="66" className={styles.label}>
            {t('onlyYours')}
          </text>
        </>
      )}
    </svg>
  )
}
