import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../api/mainApi.ts'
import { queries } from '../api/queries.ts'
import { queryKeys } from '../api/queryKeys.ts'
import { subscribeToEvents } from '../api/subscribeToEvents.ts'
import { Mark } from '../design/Mark.tsx'
import { countActing } from '../parts/countActing.ts'
import { OnboardingScreen } from '../screens/Onboarding/OnboardingScreen.tsx'
import { DamagedVaultScreen } from '../screens/Unlock/DamagedVaultScreen.tsx'
import { UnlockScreen } from '../screens/Unlock/UnlockScreen.tsx'
import styles from './App.module.css'
import { HostBanner } from './HostBanner.tsx'
import { Localised } from './Localised.tsx'
import { Shell } from './Shell.tsx'

/** The main window: which of its faces is shown follows from the state of the vault. */
export function App() {
  const client = useQueryClient()
  useEffect(() => subscribeToEvents(mainApi(), client), [client])
  const settings = useQuery(queries.settings)
  const appInfo = useQuery(queries.appInfo)
  return (
    <Localised settings={settings.data} appInfo={appInfo.data}>
      <div className={styles.window}>
        {appInfo.data?.host === 'stand-in' && <HostBanner />}
        <div className={styles.face}>
          <Face isReady={!settings.isPending && !appInfo.isPending} />
        </div>
      </div>
    </Localised>
  )
}

function Face({ isReady }: { readonly isReady: boolean }) {
  const t = useTranslations('shell.fatal')
  const { data: status, isError } = useQuery(queries.vaultStatus)
  // Onboarding has more to say after the vault is made and open, so it is left only when it says so.
  const [isOnboarding, setOnboarding] = useState(false)
  useEffect(() => {
    if (status?.state === 'none') setOnboarding(true)
  }, [status?.state])
  const client = useQueryClient()
  const isOpen = status?.state === 'unlocked'
  const [waitingOrders, setWaitingOrders] = useState(0)
  const tOrders = useTranslations('unlock.orders')
  // After the screens that show it are gone: while they stand, they would only ask for it again.
  useEffect(() => {
    if (isOpen) return
    const count = countActing(client.getQueryData(queries.openOrders.queryKey))
    client.removeQueries({ queryKey: queryKeys.unlocked })
    setWaitingOrders(count)
    if (count > 0) void mainApi().app.notify({ title: tOrders('title'), body: tOrders('text', { count }) })
  }, [client, isOpen, tOrders])

  if (isError) {
    return (
      <main className={styles.fatal} role="alert">
        <Mark size={48} />
        <h1>{t('title')}</h1>
        <p>{t('text')}</p>
      </main>
    )
  }
  if (status === undefined || !isReady) return null
  if (isOnboarding || status.state === 'none') {
    return <OnboardingScreen onDone={() => setOnboarding(false)} />
  }
  switch (status.state) {
    case 'locked':
      return <UnlockScreen status={status} waitingOrders={waitingOrders} />
    case 'damaged':
      return status.backup === 'readable' ? (
        <UnlockScreen status={status} restoresBackup />
      ) : (
        <DamagedVaultScreen />
      )
    case 'unlocked':
      return <Shell />
  }
}
