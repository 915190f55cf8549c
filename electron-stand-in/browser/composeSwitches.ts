/** What decides Chromium's switches for one start. */
export type SwitchOptions = {
  readonly profile: string
  readonly hasDisplay: boolean
  readonly isRoot: boolean
  readonly locale: string
  /** The app's and the command line's own switches. */
  readonly appSwitches: ReadonlyMap<string, string>
}

const OWN_SWITCHES: Readonly<Record<string, string>> = {
  'remote-debugging-pipe': '',
  'no-startup-window': '',
  'no-first-run': '',
  'no-default-browser-check': '',
  'disable-auto-reload': '',
  'disable-background-networking': '',
  'disable-background-timer-throttling': '',
  'disable-backgrounding-occluded-windows': '',
  'disable-renderer-backgrounding': '',
  'disable-back-forward-cache': '',
  'disable-breakpad': '',
  'disable-client-side-phishing-detection': '',
  'disable-component-update': '',
  'disable-default-apps': '',
  'disable-domain-reliability': '',
  'disable-extensions': '',
  'disable-field-trial-config': '',
  'disable-gpu': '',
  'disable-infobars': '',
  'disable-popup-blocking': '',
  'disable-quic': '',
  'disable-sync': '',
  'deny-permission-prompts': '',
  'metrics-recording-only': '',
  'no-service-autorun': '',
  // Or each first window carries a bar about the missing sandbox.
  'test-type': '',
  'password-store': 'basic',
  'disable-features':
    'Translate,MediaRouter,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,HttpsUpgrades',
  // Custom schemes are served from *.localhost names that must never reach a real server.
  'host-resolver-rules': 'MAP *.localhost ~NOTFOUND',
}

// Node's, the launcher's, or already decided here.
const NOT_FOR_CHROMIUM = new Set([
  'inspect',
  'inspect-brk',
  'no-sandbox',
  'remote-debugging-pipe',
  'user-data-dir',
  'app',
  'headless',
  'host-resolver-rules',
  'lang',
])

const JOINED = new Set(['enable-features', 'disable-features'])

/** Chromium's arguments: silent on the network, the app's own switches added, no sandbox only where asked or root. */
export function composeSwitches({
  profile,
  hasDisplay,
  isRoot,
  locale,
  appSwitches,
}: SwitchOptions): string[] {
  const switches = new Map(Object.entries(OWN_SWITCHES))
  for (const [name, value] of appSwitches) {
    if (NOT_FOR_CHROMIUM.has(name)) continue
    const present = switches.get(name)
    switches.set(name, JOINED.has(name) && present ? `${present},${value}` : value)
  }
  switches.set('user-data-dir', profile)
  switches.set('lang', locale)
  switches.set('accept-lang', locale)
  if (!hasDisplay) switches.set('headless', 'new')
  if (isRoot || appSwitches.has('no-sandbox')) switches.set('no-sandbox', '')
  return [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`))
}
