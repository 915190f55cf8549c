import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import styles from './Notice.module.css'

interface NoticeProps {
  readonly tone: 'info' | 'safe' | 'caution' | 'attention'
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly action?: ReactNode
  /** `alert` interrupts a screen reader: for what went wrong just now. */
  readonly role?: 'alert' | 'status'
}

const icons = { info: 'info', safe: 'check', caution: 'caution', attention: 'attention' } as const

/** Something to know, with a sign as well as a colour. */
export function Notice({ tone, title, children, action, role }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      <span className={styles.icon}>
        <Icon name={icons[tone]} />
      </span>
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
