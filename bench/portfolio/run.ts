import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { findChromium } from '../../electron-stand-in/browser/findChromium.ts'

/** Measures the portfolio with 500 tokens in each of 20 accounts in a browser, and prints a table; `--write` keeps it in results.json. */

const tokens = 500
const accounts = 20

/** What was counted in the page. */
interface Counted {
  readonly frames: number
  readonly slowFrames: number
  readonly longestTaskMs: number
}

const { values } = parseArgs({ options: { write: { type: 'boolean' } } })
const rows: [what: string, value: string][] = []
const loadBefore = loadavg()[0] ?? Number.NaN
const folder = await mkdtemp(join(tmpdir(), 'minato-bench-portfolio-'))
const configFile = join(import.meta.dirname, '../../src/renderer/harness/vite.config.ts')
try {
  await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
  const server = await preview({ configFile, logLevel: 'warn', build: { outDir: folder } })
  const browser = await chromium.launch({
    executablePath: findChromium(process.env, { hasDisplay: false }),
    args: ['--no-sandbox'],
  })
  try {
    const address = server.resolvedUrls?.local[0]
    if (address === undefined) throw new Error('The preview server has no address')
    const open = () => browser.newPage({ viewport: { width: 1360, height: 900 } })
    await measure(await open(), address)
    await measurePlain(await open())
  } finally {
    await browser.close()
    await server.close()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
const load = [loadBefore, loadavg()[0] ?? Number.NaN].map((value) => value.toFixed(1)).join(' to ')
console.log(`\n${cpus().length} cores, Node ${process.version}, load ${load}\n`)
for (const [what, value] of rows) console.log(`${what.padEnd(64)} ${value}`)
if (values.write) {
  const results = { cores: cpus().length, node: process.version, load, ...Object.fromEntries(rows) }
  await writeFile(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
}

async function measure(page: Page, address: string): Promise<void> {
  await page.addInitScript({ path: join(import.meta.dirname, 'watchFrames.js') })
  await page.goto(`${address}?still&tokens=${tokens}&accounts=${accounts}`)
  await page.getByRole('row').nth(3).waitFor({ state: 'attached' })
  rows.push(['first rows', `${(await page.evaluate<number>('performance.now()')).toFixed(0)} ms`])
  await settle(page)

  tell('scrolling', await scroll(page))

  const blocks = { frames: 0, slowFrames: 0, longestTaskMs: 0 }
  for (let block = 0; block < 20; block += 1) {
    await page.evaluate('harness.mineBlock(); watch.begin()')
    await settle(page)
    const { frames, slowFrames, longestTaskMs } = await take(page)
    blocks.frames += frames
    blocks.slowFrames += slowFrames
    blocks.longestTaskMs = Math.max(blocks.longestTaskMs, longestTaskMs)
  }
  tell('blocks', blocks)

  await begin(page)
  const filter = page.getByRole('searchbox').first()
  await filter.pressSequentially('T42')
  await filter.fill('')
  await settle(page)
  tell('typing', await take(page))
}

/** The same rows without a program behind them: what this machine's browser takes to draw them. */
async function measurePlain(page: Page): Promise<void> {
  await page.addInitScript({ path: join(import.meta.dirname, 'watchFrames.js') })
  await page.goto('about:blank')
  const row = (_: unknown, index: number) =>
    `<tr style="height:48px"><td>Token number ${index}</td><td>Local chain</td><td>${index}.00 T${index}</td><td>No price</td></tr>`
  const table = `<table style="width:100%">${Array.from({ length: tokens }, row).join('')}</table>`
  await page.setContent(`<div style="height:100vh;overflow:auto;font:15px sans-serif">${table}</div>`)
  await settle(page)
  tell('scrolling plain rows', await scroll(page))
}

/** From top to bottom and back. */
async function scroll(page: Page): Promise<Counted> {
  await page.mouse.move(500, 500)
  await begin(page)
  for (const way of [1, -1]) {
    for (let turn = 0; turn < 200; turn += 1) await page.mouse.wheel(0, way * 120)
  }
  await settle(page)
  return take(page)
}

function settle(page: Page): Promise<unknown> {
  return page.evaluate('watch.settle()')
}

function begin(page: Page): Promise<unknown> {
  return page.evaluate('watch.begin()')
}

function take(page: Page): Promise<Counted> {
  return page.evaluate<Counted>('watch.take()')
}

function tell(what: string, { frames, slowFrames, longestTaskMs }: Counted): void {
  rows.push(
    [`${what}: frames that came after more than 50 ms`, `${slowFrames} of ${frames}`],
    [`${what}: longest task`, longestTaskMs === 0 ? 'below 50 ms' : `${longestTaskMs.toFixed(0)} ms`],
  )
}
