import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cachedSnapshot } from './snapshot/cachedSnapshot.ts'
import { vendoredSources } from './vendor/sources.ts'

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')

/** The table row that begins with the given cells. */
const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`

describe('the README of the local chain', () => {
  it('names every account, contract, token and feed at its address', async () => {
    const { manifest } = await cachedSnapshot()
    for (const { index, role, address } of manifest.accounts) {
      expect(readme).toContain(row(index, `\`${role}\``, `\`${address}\``))
    }
    for (const [name, address] of Object.entries(manifest.contracts)) {
      expect(readme).toContain(row(`\`${name}\``, `\`${address}\``))
    }
    for (const { symbol, name, decimals, address } of manifest.tokenList.tokens) {
      expect(readme).toContain(row(symbol, name, decimals, `\`${address}\``))
    }
    for (const { description, address } of manifest.feeds) {
      expect(readme).toContain(row(description, `\`${address}\``))
    }
    expect(readme).toContain(`${manifest.pools.length} pools`)
  })

  it('names every vendored package with its version and licence', () => {
    for (const source of vendoredSources) {
      expect(readme).toContain(`| \`${source.package}\` ${source.version} | ${source.licence} |`)
    }
  })
})
