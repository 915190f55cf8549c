/** The names under which answers are kept; events write to the same names. */
export const queryKeys = {
  appInfo: ['app', 'info'],
  settings: ['settings'],
  vaultStatus: ['vault', 'status'],
  wallets: ['unlocked', 'wallets'],
  rules: ['unlocked', 'rules'],
  chains: ['chains', 'list'],
  chainStatuses: ['chains', 'status'],
  portfolio: ['unlocked', 'portfolio'],
  activity: ['unlocked', 'activity'],
  protection: ['unlocked', 'protection'],
  recipient: ['unlocked', 'recipient'],
  tokens: ['tokens'],
  stablecoins: ['unlocked', 'stablecoins'],
  realWorldAssets: ['unlocked', 'realWorldAssets'],
  shelterBasket: ['unlocked', 'shelterBasket'],
  shelterPlan: ['unlocked', 'shelterPlan'],
  stablecoinAlerts: ['unlocked', 'stablecoinAlerts'],
  swapDepth: ['unlocked', 'swapDepth'],
  swapExposure: ['unlocked', 'swapExposure'],
  /** Everything that must be forgotten when the vault locks. */
  unlocked: ['unlocked'],
} as const
