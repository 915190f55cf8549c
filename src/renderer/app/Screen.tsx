import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import type { AccountId } from '../../shared/identity/identity.ts'
import { Skeleton } from '../design/Skeleton.tsx'
import { AccountsScreen } from '../screens/Accounts/AccountsScreen.tsx'
import { ActivityScreen } from '../screens/Activity/ActivityScreen.tsx'
import { BackupsScreen } from '../screens/Backups/BackupsScreen.tsx'
import { PortfolioScreen } from '../screens/Portfolio/PortfolioScreen.tsx'
import { ReceiveScreen } from '../screens/Receive/ReceiveScreen.tsx'
import { SendScreen } from '../screens/Send/SendScreen.tsx'
import { SettingsScreen } from '../screens/Settings/SettingsScreen.tsx'
import { SwapScreen } from '../screens/Swap/SwapScreen.tsx'
import type { Route } from './route.ts'

// Loaded when they are first opened, so that the first paint does not wait for them.
const AllowancesScreen = lazy(async () => {
  const { AllowancesScreen: default_ } = await import('../screens/Allowances/AllowancesScreen.tsx')
  return { default: default_ }
})
const OrdersScreen = lazy(async () => {
  const { OrdersScreen: default_ } = await import('../screens/Orders/OrdersScreen.tsx')
  return { default: default_ }
})
const CallsScreen = lazy(async () => {
  const { CallsScreen: default_ } = await import('../screens/Calls/CallsScreen.tsx')
  return { default: default_ }
})
const StablecoinsScreen = lazy(async () => {
  const { StablecoinsScreen: default_ } = await import('../screens/Stablecoins/StablecoinsScreen.tsx')
  return { default: default_ }
})
const RealWorldAssetsScreen = lazy(async () => {
  const { RealWorldAssetsScreen: default_ } = await import(
    '../screens/RealWorldAssets/RealWorldAssetsScreen.tsx'
  )
  return { default: default_ }
})

interface ScreenProps {
  readonly route: Route
  readonly accountId: AccountId | undefined
  readonly onGo: (route: Route) => void
}

/** The screen of a route; screens know nothing of one another and say where to go by what they are given. */
export function Screen({ route, accountId, onGo }: ScreenProps) {
  switch (route.screen) {
    case 'portfolio':
      return (
        <PortfolioScreen
          accountId={accountId}
          onSend={(token) => onGo({ screen: 'send', token })}
          onReceive={() => onGo({ screen: 'receive' })}
          onOpenNetworks={() => onGo({ screen: 'settings', section: 'networks' })}
        />
      )
    case 'swap':
      return (
        <SwapScreen
          accountId={accountId}
          onViewActivity={(selectedId) => onGo({ screen: 'activity', selectedId })}
        />
      )
    case 'stablecoins':
      return (
        <Suspense fallback={<LoadingScreen />}>
          <StablecoinsScreen accountId={accountId} onPay={() => onGo({ screen: 'send', inCurrency: true })} />
        </Suspense>
      )
    case 'realWorldAssets':
      return (
        <Suspense fallback={<LoadingScreen />}>
          <RealWorldAssetsScreen accountId={accountId} />
        </Suspense>
      )
    case 'orders':
      return (
        <Suspense fallback={<LoadingScreen />}>
          <OrdersScreen
            accountId={accountId}
            onViewActivity={(selectedId) => onGo({ screen: 'activity', selectedId })}
          />
        </Suspense>
      )
    case 'activity':
      return (
        <ActivityScreen
          accountId={accountId}
          initialId={route.selectedId}
          onOpenAllowances={() => onGo({ screen: 'allowances' })}
        />
      )
    case 'allowances':
      return (
        <Suspense fallback={<LoadingScreen />}>
          <AllowancesScreen
            accountId={accountId}
            onViewActivity={(selectedId) => onGo({ screen: 'activity', selectedId })}
          />
        </Suspense>
      )
    case 'settings':
      return (
        <SettingsScreen
          initialSection={route.section ?? 'general'}
          onOpenBackups={() => onGo({ screen: 'backups' })}
          onOpenAccounts={() => onGo({ screen: 'accounts' })}
          onOpenCalls={() => onGo({ screen: 'calls' })}
        />
      )
    case 'accounts':
      return (
        <AccountsScreen
          initialAccountId={route.accountId}
          onOpenBackups={() => onGo({ screen: 'backups' })}
        />
      )
    case 'backups':
      return <BackupsScreen />
    case 'send':
      return (
        <SendScreen
          accountId={accountId}
          initialToken={route.token}
          startsInCurrency={route.inCurrency}
          onViewActivity={(selectedId) => onGo({ screen: 'activity', selectedId })}
        />
      )
    case 'calls':
      return (
        <Suspense fallback={<LoadingScreen />}>
          <CallsScreen
            accountId={accountId}
            onViewActivity={(selectedId) => onGo({ screen: 'activity', selectedId })}
          />
        </Suspense>
      )
    case 'receive':
      return <ReceiveScreen accountId={accountId} />
  }
}

function LoadingScreen() {
  const t = useTranslations('common')
  return <Skeleton rows={8} label={t('loading')} />
}
