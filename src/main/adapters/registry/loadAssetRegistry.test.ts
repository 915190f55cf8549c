import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getAddress } from 'viem'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadAssetRegistry } from './loadAssetRegistry.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minato-registry-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const usdcLocal = '0x4ed7c70F96B99c776995fB64377f0d4aB3B0e1C1'

function writeManifest(): string {
  const path = join(folder, 'chain.json')
  writeFileSync(
    path,
    JSON.stringify({
      chainId: 31337,
      tokenList: { tokens: [{ symbol: 'USDC', address: usdcLocal }] },
      feeds: [{ description: 'EUR / USD', base: 'EUR', quote: 'USD', address: usdcLocal }],
    }),
  )
  return path
}

describe('the shipped registry', () => {
  it('knows stablecoins of at least twelve currencies, and says where every claim comes from', () => {
    const { stablecoins, realWorldAssets, problems } = loadAssetRegistry(folder, undefined)
    expect(problems).toEqual([])
    expect(new Set(stablecoins.map(({ currency }) => currency)).size).toBeGreaterThanOrEqual(12)
    const claims: unknown[] = []
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('asOf' in value) claims.push(value)
      Object.values(value).forEach(collect)
    }
    collect([stablecoins, realWorldAssets])
    expect(claims.length).toBeGreaterThan(60)
    for (const claim of claims) {
      expect(claim).toMatchObject({
        source: { title: expect.stringMatching(/./) },
        asOf: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      })
    }
  })

  it('writes addresses with their checksum, claims none of them twice, and calls none confirmed that nobody confirmed', () => {
    const { stablecoins, realWorldAssets, feeds } = loadAssetRegistry(folder, undefined)
    const deployments = [...stablecoins, ...realWorldAssets].flatMap((entry) => entry.deployments)
    for (const { address, confirmed } of deployments) {
      expect(address).toBe(getAddress(address))
      expect(confirmed).toBe(false)
    }
    for (const { address } of feeds) expect(address).toBe(getAddress(address))
    const keys = deployments.map(({ chainId, address }) => `${chainId}:${address}`)
    expect(new Set(keys).size).toBe(keys.length)
    const ids = [...stablecoins, ...realWorldAssets].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('finds the local chain’s tokens and feeds by its manifest', () => {
    const { stablecoins, feeds } = loadAssetRegistry(folder, writeManifest())
    const usdc = stablecoins.find(({ id }) => id === 'usdc')
    expect(usdc?.deployments).toContainEqual(
      expect.objectContaining({ chainId: 31337, address: usdcLocal, confirmed: true }),
    )
    expect(feeds).toContainEqual(expect.objectContaining({ chainId: 31337, base: 'EUR' }))
  })
})

describe('the user’s own entries', () => {
  const own = (coins: unknown) =>
    JSON.stringify({ version: 1, sources: { me: { title: 'My notes' } }, coins })
  const coin = {
    id: 'hkdap',
    symbol: 'HKDAP',
    name: 'Anchorpoint HKD',
    currency: 'HKD',
    deployments: [{ chainId: 1, address: usdcLocal, confirmed: false, source: 'me', asOf: '2026-11-01' }],
  }

  it('add to the shipped ones and replace those of the same id', () => {
    writeFileSync(join(folder, 'stablecoins.json'), own([coin, { ...coin, id: 'usdc', symbol: 'MINE' }]))
    const { stablecoins, problems } = loadAssetRegistry(folder, undefined)
    expect(problems).toEqual([])
    expect(stablecoins.find(({ id }) => id === 'hkdap')?.currency).toBe('HKD')
    expect(stablecoins.filter(({ id }) => id === 'usdc').map(({ symbol }) => symbol)).toEqual(['MINE'])
  })

  it.each([
    ['no JSON', '{'],
    ['an unknown field', own([{ ...coin, safe: true }])],
    [
      'a claim without its source',
      own([{ ...coin, issuer: { value: 'X', source: 'nobody', asOf: '2026-11-01' } }]),
    ],
    ['another version', JSON.stringify({ version: 2, sources: {}, coins: [] })],
    [
      'an inherited name as source',
      own([{ ...coin, issuer: { value: 'X', source: 'constructor', asOf: '2026-11-01' } }]),
    ],
  ])('are named as a problem, and left out, with %s', (_what, content) => {
    writeFileSync(join(folder, 'stablecoins.json'), content)
    const { stablecoins, problems } = loadAssetRegistry(folder, undefined)
    expect(problems).toMatchObject([{ file: 'stablecoins.json' }])
    expect(stablecoins.some(({ id }) => id === 'hkdap')).toBe(false)
    expect(stablecoins.some(({ id }) => id === 'usdc')).toBe(true)
  })
})
