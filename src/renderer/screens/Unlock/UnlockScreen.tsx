import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { VaultStatus } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { applyVaultStatus } from '../../api/subscribeToEvents.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Mark } from '../../design/Mark.tsx'
import { Notice } from '../../design/Notice.tsx'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useNow } from '../../design/useNow.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './UnlockScreen.module.css'

/** Failures after which only the recovery kit helps, or may help. */
const kitMayHelp = [
  'keychain.unavailable',
  'keychain.lockedOrMissing',
  'keychain.mismatch',
  'keychain.timeout',
  'recoveryKit.invalid',
  'recoveryKit.mismatch',
]

interface UnlockScreenProps {
  readonly status: VaultStatus
  /** Opens the backup copy, which then takes the place of a damaged vault. */
  readonly restoresBackup?: boolean
  /** Open orders when it was locked: nothing is filled meanwhile. */
  readonly waitingOrders?: number
}

/** Opens the vault with the password, and with the recovery kit where the keychain does not help. */
export function UnlockScreen({ status, restoresBackup = false, waitingOrders = 0 }: UnlockScreenProps) {
  const t = useTranslations('unlock')
  const errorText = useErrorText()
  const client = useQueryClient()
  const { refetch, isFetching } = useQuery(queries.vaultStatus)
  const passwordRef = useRef<HTMLInputElement>(null)
  const kitRef = useRef<HTMLInputElement>(null)
  const [usesKit, setUsesKit] = useState(false)
  const [usesBackup, setUsesBackup] = useState(restoresBackup)
  const unlock = useAction(
    (password: Uint8Array<ArrayBuffer>, recoveryKit: Uint8Array<ArrayBuffer> | undefined) =>
      mainApi().vault.unlock({
        password,
        ...(recoveryKit === undefined ? {} : { recoveryKit }),
        ...(usesBackup ? { restoreBackup: true } : {}),
      }),
  )
  const now = useNow(1_000)
  const waitMs = (status.throttledUntilMs ?? 0) - now
  const isThrottled = waitMs > 0
  const isKeychainNeeded = status.protection !== 'password'
  const keychain = status.keychain

  const submit = async () => {
    if (unlock.isPending || isThrottled) return
    const password = takeSecret(passwordRef.current)
    const kit = usesKit ? takeSecret(kitRef.current) : undefined
    // Cleared at once for the password, but a long code that was typed from paper stays until it worked.
    if (kit && kitRef.current) kitRef.current.value = new TextDecoder().decode(kit)
    const result = await unlock.run(password, kit)
    eraseSecrets(password, kit)
    const fresh = await mainApi().vault.getStatus()
    if (fresh.ok) applyVaultStatus(client, fresh.value)
    if (result.ok) return
    if (kitMayHelp.includes(result.error.code)) setUsesKit(true)
    passwordRef.current?.focus()
  }
  return (
    <main className={styles.screen}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <header className={styles.head}>
          <Mark size={48} />
          <h1 className={styles.title}>{restoresBackup ? t('damaged.title') : t('title')}</h1>
          <p className={styles.lead}>{isKeychainNeeded ? t('lead') : `${t('lead')} ${t('passwordOnly')}`}</p>
        </header>
        {usesBackup && (
          <Notice tone="caution" title={t('damaged.backupTitle')}>
            {t('damaged.backupText')}
          </Notice>
        )}
        {isKeychainNeeded && keychain.state === 'unavailable' && !usesKit && (
          <Notice
            tone="caution"
            title={t('keychain.title')}
            action={
              <Button size="small" isBusy={isFetching} onClick={() => void refetch()}>
                {t('keychain.checkAgain')}
              </Button>
            }
          >
            {t(`keychain.${keychain.reason}`)}
          </Notice>
        )}
        {waitingOrders > 0 && (
          <Notice tone="info" title={t('orders.title')}>
            {t('orders.text', { count: waitingOrders })}
          </Notice>
        )}
        <PasswordField fieldRef={passwordRef} isDisabled={isThrottled} />
        {usesKit && (
          <Field label={t('kit.label')} hint={t('kit.hint')}>
            {(control) => <TextInput {...control} ref={kitRef} isMono />}
          </Field>
        )}
        {unlock.error && !isThrottled && (
          <Notice
            tone="attention"
            role="alert"
            action={
              unlock.error.params.backupReadable === true && !usesBackup ? (
                <Button size="small" onClick={() => setUsesBackup(true)}>
                  {t('damaged.useBackup')}
                </Button>
              ) : undefined
            }
          >
            {errorText(unlock.error)}
          </Notice>
        )}
        {isThrottled && (
          // A timer is not announced every second: the sentence is read once, as an alert, when it appears.
          <Notice tone="caution" role="alert">
            {t('throttled', { seconds: Math.ceil(waitMs / 1_000) })}
          </Notice>
        )}
        <Button type="submit" variant="primary" size="large" isBusy={unlock.isPending} disabled={isThrottled}>
          {unlock.isPending ? t('unlocking') : usesBackup ? t('damaged.openBackup') : t('submit')}
        </Button>
        {isKeychainNeeded && (
          <Button variant="quiet" onClick={() => setUsesKit((uses) => !uses)}>
            {usesKit ? t('kit.stop') : t('kit.use')}
          </Button>
        )}
      </form>
    </main>
  )
}

function PasswordField({
  fieldRef,
  isDisabled,
}: {
  readonly fieldRef: RefObject<HTMLInputElement | null>
  readonly isDisabled: boolean
}) {
  const t = useTranslations('common.password')
  return (
    <Field label={t('label')}>
      {(control) => (
        <PasswordInput
          {...control}
          ref={fieldRef}
          autoComplete="current-password"
          disabled={isDisabled}
          autoFocus
        />
      )}
    </Field>
  )
}
