import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Page } from '@playwright/test'
import { type Address, isAddressEqual } from 'viem'
import { startDevnet } from '../devnet/builder/startDevnet.ts'
import { ACCOUNT_ADDRESSES, createRpc, feedAddress, setFeed } from '../devnet/index.ts'
import { expect } from '../e2e/expect.ts'
import { launchMinato } from '../e2e/hosts/launchMinato.ts'
import { ApprovalPage } from '../e2e/pages/ApprovalPage.ts'
import { OnboardingPage } from '../e2e/pages/OnboardingPage.ts'
import { OrdersPage } from '../e2e/pages/OrdersPage.ts'
import { SendPage } from '../e2e/pages/SendPage.ts'
import { ShellPage } from '../e2e/pages/ShellPage.ts'
import { SwapPage } from '../e2e/pages/SwapPage.ts'
import { UnlockPage } from '../e2e/pages/UnlockPage.ts'
import { startSecretService } from './withSecretService.ts'

const password = 'a harbour at night'

/** One thing that the tour did, in the order in which it happened. */
interface Stop {
  readonly what: string
  readonly screenshot: string
  readonly atMs: number
}

/**
 * Plays the app's main job headless, as a user would, on the local chain and with a keychain of its own; writes a
 * screenshot of every stop and a summary into the folder.
 *
 * @throws Error of the stop that did not work; what was reached before is in the folder.
 */
export async function playTour(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const ends: (() => Promise<unknown>)[] = []
  const startedAtMs = performance.now()
  const stops: Stop[] = []
  let failure: unknown
  let lookAround = async () => {}
  try {
    const secretService = await startSecretService()
    ends.push(secretService.dispose)
    const devnet = await startDevnet({ actors: ['arbitrageur', 'traders', 'feeds'] })
    ends.push(devnet.stop)
    const rpc = createRpc(devnet.rpcUrl)
    const profile = await mkdtemp(join(tmpdir(), 'minato-tour-'))
    ends.push(() => rm(profile, { recursive: true, force: true }))
    const minato = await launchMinato({
      profile,
      manifest: devnet.manifest,
      env: secretService.clientEnvironment,
    })
    ends.push(minato.close)
    const { window } = minato

    const stop = async (what: string, page: Page = window) => {
      const screenshot = `${String(stops.length + 1).padStart(2, '0')}-${what.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.png`
      await page.screenshot({ path: join(folder, screenshot) })
      stops.push({ what, screenshot, atMs: Math.round(performance.now() - startedAtMs) })
      console.log(`  ${what}`)
    }
    lookAround = async () => {
      for (const [index, page] of minato.app.windows().entries()) {
        await page.screenshot({ path: join(folder, `stopped-here-${index + 1}.png`) })
      }
    }

    const onboarding = new OnboardingPage(window)
    await onboarding.expectShown()
    await stop('The welcome')
    await onboarding.choose('Create a new wallet')
    const words = await onboarding.makePhrase(12)
    await onboarding.repeatWords(words)
    await onboarding.choosePassword(password)
    await expect(window.getByTestId('recovery-kit-code')).toBeVisible()
    await stop('The recovery kit')
    await onboarding.keepRecoveryKit()
    await onboarding.openWallet()

    const shell = new ShellPage(window)
    await window.getByRole('button', { name: 'Get practice money' }).click()
    await expect(shell.holding('USDC').first()).toBeVisible()
    await stop('The portfolio')

    await window.getByRole('button', { name: 'Receive', exact: true }).first().click()
    await expect(window.getByRole('img', { name: /^QR code of the address/ })).toBeVisible()
    await stop('Receive')

    const send = new SendPage(window)
    await send.open()
    await send.fill({ asset: 'USDC', amount: '25', recipient: 'hana.eth' })
    await send.submit()
    await expect(window.getByText('You send 25 USDC to hana.eth.')).toBeVisible()
    await stop('The transfer reviewed')
    const opening = minato.nextWindow()
    await send.continue()
    const approval = new ApprovalPage(await opening)
    await approval.expectShown()
    await stop('The approval', approval.window)
    await approval.approve()
    await expect(window.getByRole('heading', { name: 'Arrived' })).toBeVisible()
    await stop('The transfer confirmed')

    // From here on somebody watches who would attack any trade that he sees.
    await devnet.actors.start('attacker')
    const swap = new SwapPage(window)
    await swap.open()
    await swap.choose('pay', 'USDC')
    await swap.choose('receive', 'WETH')
    await swap.pay('1000')
    await swap.expectQuote()
    await stop('The swap quoted')
    const swapOpening = minato.nextWindow()
    await swap.continue()
    const swapApproval = new ApprovalPage(await swapOpening)
    await swapApproval.expectShown()
    await stop('The swap to approve', swapApproval.window)
    await swapApproval.approve()
    await expect(window.getByRole('heading', { name: 'Swapped' })).toBeVisible()
    await stop('The swap in its block')
    // The traders of the chain send theirs in public, and may well be attacked: their accounts are known.
    for (const { victim } of devnet.actors.attacker.report().sandwiches) {
      const { from } = (await rpc('eth_getTransactionByHash', victim)) as { from: Address }
      const isTrader = devnet.manifest.accounts.some(({ address }) => isAddressEqual(address, from))
      if (!isTrader) throw new Error('The private swap was sandwiched')
    }

    // Just above the market: it rests until the price has risen.
    const orders = new OrdersPage(window)
    await orders.openPair('WETH', 'USDC')
    const market = await orders.readMarket()
    await orders.give('0.5')
    await orders.price((market * 1.002).toFixed(2))
    await orders.expectPreview(/^Sells 0\.5 WETH for at least /)
    await stop('The order previewed')
    const orderOpening = minato.nextWindow()
    await orders.continue()
    const orderApproval = new ApprovalPage(await orderOpening)
    await orderApproval.expectRuleShown()
    await stop('The order to approve', orderApproval.window)
    await orderApproval.approve()
    await expect(orders.line('Sell 0.5 WETH for USDC')).toContainText('away')
    await stop('The order waits')

    // Ether rises by a fortieth, and the arbitrageur carries that into the pools.
    await devnet.actors.stop('feeds')
    // What the feeds' mover has under way comes first: a second transaction of its account would take the same place.
    const count = (block: string) => rpc('eth_getTransactionCount', ACCOUNT_ADDRESSES.deployer, block)
    await expect.poll(async () => (await count('pending')) === (await count('latest'))).toBe(true)
    const feed = feedAddress(devnet.manifest, 'ETH')
    const risen = (BigInt(Math.round(market * 1e8)) * 41n) / 40n
    await setFeed(createRpc(devnet.chain.rpcUrl), feed, { answer: risen })
    await orders.showHistory()
    await expect(orders.line('Sell 0.5 WETH for USDC')).toContainText('Filled', { timeout: 120_000 })
    await orders.line('Sell 0.5 WETH for USDC').getByRole('button').click()
    await stop('The order filled')

    await shell.goTo('Activity')
    await window.getByRole('main').getByRole('listitem').getByRole('button').first().click()
    await stop('The activity')

    await shell.lock()
    const unlock = new UnlockPage(window)
    await unlock.expectShown()
    await stop('Locked')
    await unlock.unlock(password)
    await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
    await stop('Unlocked again')
  } catch (thrown) {
    failure = thrown
    // What is seen explains more than what was expected; a window that is gone has nothing to show.
    await lookAround().catch(() => {})
    throw new Error(
      `The tour stopped after “${stops.at(-1)?.what ?? 'nothing'}”. What was reached is in ${folder}.`,
      { cause: thrown },
    )
  } finally {
    await writeSummary(folder, stops, failure)
    for (const end of ends.reverse()) await end()
  }
  console.log(
    `The tour is in ${relative(process.cwd(), folder) || folder}: ${stops.length} screenshots and summary.md`,
  )
}

async function writeSummary(folder: string, stops: readonly Stop[], failure: unknown): Promise<void> {
  const rows = stops.map(
    ({ what, screenshot, atMs }) =>
      `| ${(atMs / 1_000).toFixed(1)} s | ${what} | [${screenshot}](${screenshot}) |`,
  )
  const outcome =
    failure === undefined
      ? 'Every step went as a user would expect it.'
      : `It stopped here: ${failure instanceof Error ? failure.message : String(failure)}`
  const summary = [
    '# A tour of Minato',
    '',
    '| After | What | Screenshot |',
    '|---|---|---|',
    ...rows,
    '',
    outcome,
    '',
  ]
  await writeFile(join(folder, 'summary.md'), summary.join('\n'))
}
