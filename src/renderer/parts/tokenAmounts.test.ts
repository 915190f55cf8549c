import { expect, test } from 'vitest'

const files = import.meta.glob<string>('../{api,app,parts,screens}/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Where decimals may be named, and why. */
const allowed = new Map([
  // Multiplies, and what it stands on.
  ['./createAmounts.ts', 'the one place'],
  ['./formatTokenAmount.ts', 'takes what is multiplied already'],
  ['./TokenAmount.tsx', 'takes what is multiplied already'],
  ['../screens/Activity/describePrice.ts', 'takes what is multiplied already'],
  ['../screens/Stablecoins/StablecoinsScreen.tsx', 'takes what is multiplied already'],
  ['../screens/Orders/layoutPrices.ts', 'takes decimals that have the multiplier in them'],
  // In the token's own units on purpose.
  ['../screens/Approval/useWriteSigned.ts', 'shows what is signed'],
  ['../screens/Approval/NodeClaims.tsx', 'stands beside what is signed'],
  ['../screens/Send/PayInCurrency.tsx', 'asks a service'],
  ['../screens/Portfolio/HoldingInspector.tsx', 'tells the decimals themselves'],
  ['../api/selectHoldings.ts', 'sorts'],
])

/** ERC-8056: what formats or parses by the decimals alone shows another amount than the token wants shown. */
test('no screen writes or reads amounts of tokens by their decimals alone', () => {
  const found = Object.entries(files)
    .filter(([path, text]) => !path.includes('.test.') && /\.decimals\b/.test(text))
    .map(([path]) => path)
  expect(Object.keys(files).length).toBeGreaterThan(100)
  expect(found.sort()).toEqual([...allowed.keys()].sort())
})
