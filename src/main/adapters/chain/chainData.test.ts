import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getAddress } from 'viem'
import { expect, test } from 'vitest'
import { loadRealChains } from './loadRealChains.ts'
import { parseChainManifest, readChainManifest } from './readChainManifest.ts'

const manifest = {
  chainId: 31337,
  name: 'Local chain',
  rpcUrls: ['http://127.0.0.1:8545'],
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  contracts: { multicall3: '0xcA11bde05977b3631167028862bE2a173976CA11', somethingElse: '0x00' },
  tokenList: {
    name: 'Local',
    tokens: [
      {
        chainId: 31337,
        address: '0xdAC17F958D2ee523a2206206994597C13D831ec7',
        name: 'Tether USD',
        symbol: 'USDT',
        decimals: 6,
        tags: ['stablecoin'],
        extensions: { pegCurrency: 'USD', other: 1 },
      },
      {
        chainId: 1,
        address: '0xdAC17F958D2ee523a2206206994597C13D831ec7',
        name: 'Elsewhere',
        symbol: 'X',
        decimals: 6,
      },
    ],
  },
  faucetMethod: 'minato_fund',
  practice: { mnemonic: 'test junk', accountIndex: 1, label: 'Practice' },
  accounts: [],
}

test('reads a local chain, its coin, its own tokens and its faucet', () => {
  const { definition, practice } = parseChainManifest(manifest)
  expect(definition).toMatchObject({
    chainId: 31337,
    kind: 'practice',
    enabledByDefault: true,
    hasSteadyBlocks: false,
    faucetMethod: 'minato_fund',
    multicall3: manifest.contracts.multicall3,
    nativeToken: { symbol: 'ETH', source: 'native', assetClass: 'coin' },
  })
  expect(definition.tokens).toHaveLength(1)
  expect(definition.tokens[0]).toMatchObject({ symbol: 'USDT', assetClass: 'stablecoin', pegCurrency: 'USD' })
  expect(practice).toEqual(manifest.practice)
})

test.each([
  ['another chain id', { chainId: 1 }],
  ['a node that is not on this machine', { rpcUrls: ['http://node.example'] }],
  ['no node', { rpcUrls: [] }],
  ['a faucet that is no method', { faucetMethod: 'rm -rf' }],
  ['other decimals', { nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 6 } }],
])('refuses a manifest with %s', (_name, change) => {
  expect(() => parseChainManifest({ ...manifest, ...change })).toThrow()
})

test('a missing or half-written manifest is an error', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minato-manifest-'))
  const path = join(folder, 'manifest.json')
  expect(() => readChainManifest(path)).toThrow()
  writeFileSync(path, JSON.stringify(manifest).slice(0, 100))
  expect(() => readChainManifest(path)).toThrow()
  writeFileSync(path, JSON.stringify(manifest))
  expect(readChainManifest(path).definition.name).toBe('Local chain')
  rmSync(folder, { recursive: true })
})

test('the shipped chains are off, several nodes each, with checksummed addresses', () => {
  const chains = loadRealChains()
  expect(chains.map(({ name }) => name)).toEqual([
    'Ethereum',
    'Base',
    'Arbitrum',
    'Optimism',
    'Polygon',
    'BNB Smart Chain',
  ])
  for (const chain of chains) {
    expect(chain.enabledByDefault).toBe(false)
    expect(chain.defaultRpcUrls.length).toBeGreaterThan(1)
    expect(chain.defaultRpcUrls.every((url) => url.startsWith('https://'))).toBe(true)
    for (const { ref, decimals } of chain.tokens) {
      expect(getAddress(ref.address)).toBe(ref.address)
      // Decimals come from the contract: a list that has not been confirmed on chain must not state them.
      expect(decimals).toBeUndefined()
    }
  }
})
