import { expect, it } from 'vitest'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import { createPegWatch } from './createPegWatch.ts'
import { indexRegistry } from './domain/registry/indexRegistry.ts'

const chainId = 31337 as ChainId
const registry = { stablecoins: [], realWorldAssets: [], feeds: [], calendars: [], problems: [] }

it('samples a chain once at a time, and once more when it was asked in between', async () => {
  const begun: ((portfolio: Portfolio) => void)[] = []
  let notify = () => {}
  const begins = (count: number) =>
    new Promise<void>((resolve) => {
      notify = () => begun.length >= count && resolve()
      notify()
    })
  const deps: Pick<AssetsDeps, 'portfolio' | 'alerts' | 'onBug'> = {
    portfolio: {
      get: () =>
        new Promise<Portfolio>((resolve) => {
          begun.push(resolve)
          notify()
        }),
    },
    alerts: { readAll: () => [], write() {}, remove() {} },
    onBug(thrown) {
      throw thrown
    },
  }
  // Nothing is watched here, so that a sample ends after it has asked what is held.
  const watch = createPegWatch(deps as AssetsDeps, indexRegistry(registry), () => {})
  watch.sampleNow(chainId)
  watch.sampleNow(chainId)
  watch.sampleNow(chainId)
  expect(begun).toHaveLength(1)
  begun[0]?.({ chains: [] } as unknown as Portfolio)
  await begins(2)
  begun[1]?.({ chains: [] } as unknown as Portfolio)
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toHaveLength(2)
})
