import type { AccountId, TokenRef } from '../../shared/identity/identity.ts'

/** Where one is in the unlocked app. */
export type Route =
  | { readonly screen: 'portfolio' }
  | { readonly screen: 'swap' }
  | { readonly screen: 'stablecoins' }
  | { readonly screen: 'realWorldAssets' }
  | { readonly screen: 'orders' }
  | { readonly screen: 'activity'; readonly selectedId?: string }
  | { readonly screen: 'settings'; readonly section?: 'networks' | 'security' }
  | { readonly screen: 'accounts'; readonly accountId?: AccountId }
  | { readonly screen: 'backups' }
  | { readonly screen: 'send'; readonly token?: TokenRef; readonly inCurrency?: boolean }
  | { readonly screen: 'receive' }
  | { readonly screen: 'allowances' }
  | { readonly screen: 'calls' }

/** The screens on the rail, in their order there. */
export const railScreens = [
  'portfolio',
  'swap',
  'orders',
  'stablecoins',
  'realWorldAssets',
  'activity',
  'settings',
] as const
