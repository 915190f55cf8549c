import '../api/zodWithoutEval.ts'
import type { HarnessOptions } from './createHarness.ts'

// The address chooses what is seen: ?window=approval, ?vault=locked&language=ja&theme=dark, ?empty, ?failure, …
const asked = new URLSearchParams(location.search)
const { createHarness } = await import('./createHarness.ts')
const settings = {
  language: (asked.get('language') ?? 'en') as 'en',
  theme: (asked.get('theme') ?? 'system') as 'dark',
  density: (asked.get('density') ?? 'comfortable') as 'compact',
}
const reason = asked.get('keychain') as 'absent' | null
const options: HarnessOptions = {
  vault: (asked.get('vault') ?? 'unlocked') as 'locked',
  settings,
  isEmpty: asked.has('empty'),
  hasFailure: asked.has('failure'),
  host: asked.has('stand-in') ? 'stand-in' : 'electron',
  health: (asked.get('health') ?? 'ok') as 'behind',
  swaps: {
    hasPublicOnly: asked.has('public-only'),
    driftBps: Number(asked.get('drift') ?? 0),
    quoteDelayMs: Number(asked.get('quote-delay') ?? 0),
  },
  ...(reason ? { keychain: { state: 'unavailable', reason } } : {}),
  ...(asked.has('tokens')
    ? { load: { tokens: Number(asked.get('tokens')), accounts: Number(asked.get('accounts') ?? 1) } }
    : {}),
  hasManyWallets: asked.has('wallets'),
  hasRing: asked.has('ring'),
  hasRules: asked.has('rules'),
  hasHistoryGap: asked.has('history-gap'),
  isDelegated: asked.has('delegated'),
  ...(asked.has('backup') ? { backup: 'readable' } : {}),
}
const harness = createHarness(options)
const isApproval = asked.get('window') === 'approval'
Object.assign(window, { minato: isApproval ? harness.approvalApi : harness.mainApi, harness })
const [symbol, kind] = [asked.get('token'), asked.get('request') as 'revocation' | null]
if (isApproval && !asked.has('idle'))
  harness.requestApproval({ ...(symbol ? { symbol } : {}), ...(kind ? { kind } : {}) })
if (!asked.has('still')) setInterval(harness.mineBlock, 2_000)

if (isApproval) await import('../approval.tsx')
else await import('../main.tsx')
