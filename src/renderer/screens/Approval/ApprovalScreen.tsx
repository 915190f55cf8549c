import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Approval } from '../../../shared/contract/approvals.ts'
import type { MessageContent } from '../../../shared/contract/messages.ts'
import { approvalApi } from '../../api/approvalApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Mark } from '../../design/Mark.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useNow } from '../../design/useNow.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './ApprovalScreen.module.css'
import { MessageFacts } from './MessageFacts.tsx'
import { MessageSentence } from './MessageSentence.tsx'
import { NodeClaims } from './NodeClaims.tsx'
import { RequestFacts } from './RequestFacts.tsx'
import { RequestSentence } from './RequestSentence.tsx'
import { Dangers } from './reading/Dangers.tsx'
import { ScaleNote } from './ScaleNote.tsx'
import { useArmed } from './useArmed.ts'

/** How long a request must be in sight before it can be approved. */
const armingDelayMs = 600

/** Shows what the signer read from the bytes, and takes the decision. */
export function ApprovalScreen({ approval }: { readonly approval: Approval }) {
  const t = useTranslations('approval')
  const errorText = useErrorText()
  const request = 'request' in approval ? approval.request : approval.message
  const exact = { requestId: request.requestId, digest: request.digest }
  const rejectRef = useRef<HTMLButtonElement>(null)
  const [isDecided, setDecided] = useState(false)
  const armed = useArmed(`${request.requestId}:${request.digest}`, armingDelayMs)
  const secondsLeft = Math.ceil((request.expiresAtMs - useNow(1_000)) / 1_000)
  const isExpired = secondsLeft <= 0
  const isUntried = 'request' in approval && approval.claims.trial.status === 'unavailable'
  const [isUntriedAccepted, setUntriedAccepted] = useState(false)
  const dangers = [...request.dangers, ...approval.claims.dangers]
  const [isDangerAccepted, setDangerAccepted] = useState(false)
  const approve = useAction(() =>
    approvalApi().approvals.approve({
      ...exact,
      ...(isUntried && isUntriedAccepted ? { isUntriedAccepted } : {}),
      ...(isDangerAccepted ? { accepted: [...new Set(dangers.map(({ kind }) => kind))] } : {}),
    }),
  )
  const reject = useAction(() => approvalApi().approvals.reject(exact))
  const isBusy = approve.isPending || reject.isPending
  const isAccepted = (!isUntried || isUntriedAccepted) && (dangers.length === 0 || isDangerAccepted)
  const canApprove = armed === 'armed' && !isExpired && !isBusy && !isDecided && isAccepted

  useEffect(() => rejectRef.current?.focus(), [])
  const decide = async (action: typeof approve) => {
    const result = await action.run()
    setDecided(result.ok)
  }
  const rejectNow = () => {
    if (!isBusy && !isDecided) void decide(reject)
  }
  const rejectNowRef = useRef(rejectNow)
  useEffect(() => {
    rejectNowRef.current = rejectNow
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') rejectNowRef.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  const hint = isExpired
    ? undefined
    : armed === 'unfocused'
      ? t('needsFocus')
      : armed === 'arming'
        ? t('arming')
        : !isAccepted
          ? t('acceptFirst')
          : t('ready')
  return (
    <div className={styles.screen}>
      <main className={styles.body}>
        <header className={styles.head}>
          <Mark size={30} />
          <h1 className={styles.title}>
            {'request' in approval ? t('title') : t(titles[approval.message.content.kind] ?? 'message.title')}
          </h1>
        </header>
        <Dangers dangers={dangers} isAccepted={isDangerAccepted} onAccept={setDangerAccepted} />
        <section className={styles.signed} aria-label={t('read')}>
          <p className={styles.provenance}>{t('read')}</p>
          {'request' in approval ? (
            <>
              <RequestSentence request={approval.request} />
              <RequestFacts request={approval.request} claims={approval.claims} />
            </>
          ) : (
            <>
              <MessageSentence request={approval.message} />
              <MessageFacts request={approval.message} askedBy={approval.claims.askedBy} />
            </>
          )}
        </section>
        <ScaleNote request={request} />
        {isUntried && (
          <Notice tone="attention" title={t('trial.unavailable')}>
            {t('trial.unavailableText')}
            <Checkbox isChecked={isUntriedAccepted} onChange={setUntriedAccepted}>
              {t('trial.accept')}
            </Checkbox>
          </Notice>
        )}
        {'request' in approval && (
          <NodeClaims claims={approval.claims} from={approval.request.from.address} />
        )}
      </main>
      <footer className={styles.footer}>
        {approve.error && (
          <Notice tone="attention" role="alert">
            {errorText(approve.error)}
          </Notice>
        )}
        {reject.error && (
          <Notice tone="attention" role="alert">
            {errorText(reject.error)}
          </Notice>
        )}
        {isExpired && (
          <Notice tone="caution" role="alert">
            {t('expired')}
          </Notice>
        )}
        <div className={styles.actions}>
          <p className={styles.hint}>
            <span role="status">{approve.isPending ? t('sending') : hint}</span>
            {!isExpired && (
              <span className={styles.expiry}>{t('expires', { time: writeDuration(secondsLeft) })}</span>
            )}
          </p>
          <Button ref={rejectRef} size="large" isBusy={reject.isPending} onClick={rejectNow}>
            {t('reject')}
          </Button>
          <Button
            size="large"
            variant="primary"
            disabled={!canApprove}
            isBusy={approve.isPending}
            onClick={() => void decide(approve)}
          >
            {t('approve')}
          </Button>
        </div>
      </footer>
    </div>
  )
}

/** What is asked for, where it is more than a message. */
const titles: Partial<Record<MessageContent['kind'], 'descriptor.title' | 'message.ruleTitle'>> = {
  descriptor: 'descriptor.title',
  standingRule: 'message.ruleTitle',
}

function writeDuration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
