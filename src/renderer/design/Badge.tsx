import type { ReactNode } from 'react'
import styles from './Badge.module.css'

interface BadgeProps {
  readonly tone?: 'neutral' | 'safe' | 'caution' | 'attention'
  readonly children: ReactNode
  readonly title?: string
}

/** A short label of a state or a kind. */
export function Badge({ tone = 'neutral', children, title }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone} title={title}>
      {children}
    </span>
  )
}
