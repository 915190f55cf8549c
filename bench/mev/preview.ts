import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startDevnet } from '../../devnet/builder/startDevnet.ts'
import { createRpc } from '../../devnet/index.ts'
import { openApp } from '../../src/main/testing/openApp.ts'
import type { SwapQuote } from '../../src/shared/contract/swaps.ts'
import { unwrapResult } from '../../src/shared/errors/Result.ts'
import type { ChainId } from '../../src/shared/identity/identity.ts'

/**
 * How long after a quote the previews of its signature are there, on the local chain: the picture of the sandwich, and all that
 * the approval window shows, which is what the signer read and the trial. The whole app without windows, in one process.
 *
 *   node bench/mev/preview.ts [--rounds 8]
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '8' } } })
const BUDGET_MS = 300
const chainId = 31337 as ChainId
const trades = [
  ['coin for a token', 'ETH', 'USDC', '1'],
  ['coin through Uniswap V4', 'ETH', 'EURC', '0.5'],
  ['a token for coin, with allowance and permit', 'USDC', 'ETH', '1000'],
  ['through Uniswap V2', 'UNI', 'WETH', '5'],
  ['three venues in a row', 'LINK', 'JPYC', '10'],
  ['a split', 'ETH', 'USDC', '15'],
  ['a stable pool of Balancer', 'USDT', 'DAI', '1000'],
] as const

const devnet = await startDevnet({ blockTimeMs: 0 })
const app = await openApp(devnet.manifest)
const rpc = createRpc(devnet.rpcUrl)
app.decide('reject')
const tokenOf = (symbol: string) =>
  symbol === 'ETH'
    ? ('native' as const)
    : (devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)?.address ?? 'native')

async function quoteOf(sell: string, buy: string, amount: string): Promise<SwapQuote> {
  const offer = unwrapResult(
    await app.main.swaps.quote({
      accountId: app.account.id,
      chainId,
      sell: tokenOf(sell),
      buy: tokenOf(buy),
      exact: 'sell',
      amount,
      slippage: 'auto',
      channel: 'private',
      speed: 'normal',
    }),
  )
  if (offer.status !== 'quote') throw new Error(`no route: ${offer.reason}`)
  return offer
}

const rows = []
const firsts = []
for (const [name, sell, buy, amount] of trades) {
  const pictures: number[] = []
  const windows: number[] = []
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    // A new block each time, so that nothing of the round before is of use.
    await rpc('minato_mine')
    const { quoteId } = await quoteOf(sell, buy, amount)
    const at = performance.now()
    unwrapResult(await app.main.swaps.getExposure({ quoteId }))
    const drawn = performance.now()
    const shown = app.shown.length
    // Rejected at once: the time is that until the window has everything, and a little more.
    unwrapResult(await app.main.swaps.execute({ quoteId, channel: 'private' }))
    const ready = performance.now()
    if (app.shown.length !== shown + 1) throw new Error('Nothing was shown')
    if (round === 0) firsts.push({ trade: name, firstMs: Math.round(ready - at) })
    else {
      pictures.push(drawn - at)
      windows.push(ready - drawn)
    }
  }
  const both = pictures.map((picture, index) => picture + (windows[index] ?? 0))
  rows.push({
    trade: name,
    pictureMs: median(pictures),
    windowMs: median(windows),
    medianMs: median(both),
    mostMs: Math.round(Math.max(...both)),
    firstMs: firsts.at(-1)?.firstMs,
  })
}
console.table(rows)
writeFileSync(new URL('preview.json', import.meta.url), `${JSON.stringify(rows, undefined, 2)}\n`)
if (rows.some(({ medianMs }) => medianMs > BUDGET_MS)) process.exitCode = 1
await app.close()
await devnet.stop()

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return Math.round(sorted[Math.floor((sorted.length - 1) / 2)] ?? 0)
}
