import { type RefObject, useLayoutEffect, useRef } from 'react'
import { joinClasses } from './joinClasses.ts'
import styles from './SecretText.module.css'

interface SecretTextProps {
  /** UTF-8, read once when it is drawn. */
  readonly read: () => Uint8Array<ArrayBuffer> | undefined
  readonly label: string
  /** `words` numbers them, for paper; `code` shows groups of four; `text` shows it as it is. */
  readonly look: 'words' | 'code' | 'text'
  readonly testId?: string
}

/** Draws a secret straight into the document, past React, which would keep the text in its tree after it has gone. */
export function SecretText({ read, label, look, testId }: SecretTextProps) {
  const ref = useRef<HTMLElement>(null)
  const readRef = useRef(read)
  useLayoutEffect(() => {
    const element = ref.current
    const secret = readRef.current()
    if (!element || !secret) return
    const text = new TextDecoder().decode(secret)
    const parts = look === 'text' ? [text] : look === 'words' ? text.split(/\s+/u) : groupsOf(text)
    element.replaceChildren(
      ...parts.map((part) => {
        const item = document.createElement(look === 'words' ? 'li' : 'span')
        item.textContent = part
        return item
      }),
    )
    return () => element.replaceChildren()
  }, [look])
  return look === 'words' ? (
    <ol
      ref={ref as RefObject<HTMLOListElement | null>}
      className={joinClasses(styles.secret, styles.words)}
      aria-label={label}
      data-testid={testId}
      translate="no"
    />
  ) : (
    <p
      ref={ref as RefObject<HTMLParagraphElement | null>}
      className={joinClasses(styles.secret, styles[look])}
      data-testid={testId}
      translate="no"
    />
  )
}

/** Codes as they are printed: their own groups, or groups of four. */
function groupsOf(code: string): readonly string[] {
  return /[-\s]/.test(code) ? code.split(/[-\s]+/) : (code.match(/.{1,4}/g) ?? [])
}
