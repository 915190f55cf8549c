import { expect, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { OrdersPage } from '../pages/OrdersPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

test('a limit order is approved once and fills by itself; one far from the market waits and is cancelled', async ({
  practice,
}) => {
  const { window } = practice
  const orders = new OrdersPage(window)
  await orders.openPair('WETH', 'USDC')
  await expect(window.getByText('No open orders')).toBeVisible()
  const market = await orders.readMarket()

  const place = async (amount: string, price: number, decide: 'approve' | 'reject') => {
    await orders.give(amount)
    await orders.price(price.toFixed(2))
    await orders.expectPreview(new RegExp(`^Sells ${amount} WETH for at least [\\d,.]+ USDC`))
    const opening = practice.nextWindow()
    await orders.continue()
    const approval = new ApprovalPage(await opening)
    await approval.expectRuleShown()
    await approval[decide]()
  }

  await place('0.5', market * 2, 'reject')
  await expect(window.getByText('Not placed: you declined it in the approval window.')).toBeVisible()

  await place('0.5', market * 1.3, 'approve')
  await expect(window.getByText('The order is placed')).toBeVisible()
  const waiting = orders.line('Sell 0.5 WETH for USDC')
  await expect(waiting).toContainText(/The market is [\d.]+% away\./)

  await test.step('its line in the picture is taken higher, and then lower, which is asked', async () => {
    const higher = await orders.dragLine(-12)
    expect(higher).toBeGreaterThan(market * 1.3)
    await orders.changeTo(higher)
    await window.screenshot({ path: test.info().outputPath('moved.png') })
    const lower = await orders.dragLine(25)
    await window.screenshot({ path: test.info().outputPath('changing.png') })
    expect(lower).toBeLessThan(market * 1.3)
    const opening = practice.nextWindow()
    await orders.changeTo(lower, async () => {
      const approval = new ApprovalPage(await opening)
      await approval.expectRuleShown()
      await approval.approve()
    })
  })
  await orders.cancel('Sell 0.5 WETH for USDC')

  await window.getByRole('button', { name: 'New order' }).first().click()
  await place('0.25', market * 0.99, 'approve')
  await orders.showHistory()
  const filled = orders.line('Sell 0.25 WETH for USDC')
  await expect(filled).toContainText('Filled')
  await filled.getByRole('button').click()
  await expect(window.getByText(/^0\.25 WETH for [\d,.]+ USDC$/)).toBeVisible()
})

test('a bracket has a rule for either side; revoked, it waits until both are approved again', async ({
  practice,
}) => {
  const { window } = practice
  const orders = new OrdersPage(window)
  await orders.openPair('WETH', 'USDC')
  const market = await orders.readMarket()
  await orders.ticket.getByLabel('Kind of order').selectOption('Bracket')
  await orders.give('200')
  const price = async (label: string, percent: number) =>
    orders.ticket.getByLabel(label).fill(((market * percent) / 100).toFixed(2))
  await price('Price to buy at', 90)
  await price('Sell with a gain at', 110)
  await price('Sell with a loss at', 80)
  await orders.expectPreview(/^Buys at least [\d,.]+ WETH for 200\.00 USDC/)

  /** Two windows, one after the other. */
  const decide = async (ask: () => Promise<void>, decisions: readonly ('approve' | 'reject')[]) => {
    let opening = practice.nextWindow()
    await ask()
    for (const decision of decisions) {
      const approval = new ApprovalPage(await opening)
      await approval.expectRuleShown()
      opening = practice.nextWindow()
      // It is the last one that no other follows.
      opening.catch(() => {})
      const closed = approval.window.waitForEvent('close')
      await approval[decision]()
      await closed
    }
  }
  await decide(() => orders.continue(), ['approve', 'approve'])
  await expect(window.getByText('The order is placed')).toBeVisible()

  await test.step('its rules are revoked', async () => {
    await new ShellPage(window).goTo('Settings')
    await window.getByRole('tab', { name: 'Standing rules' }).click()
    const rules = window.getByRole('list', { name: 'Standing rules' })
    for (const left of [1, 0]) {
      await rules
        .getByRole('button', { name: /^Revoke / })
        .first()
        .click()
      await expect(rules.getByText('In force')).toHaveCount(left)
    }
  })

  await orders.open()
  const waiting = orders.line('Buy WETH with 200.00 USDC')
  await expect(waiting).toContainText('Its approval has ended')
  await waiting.getByRole('button').click()
  await expect(window.getByRole('heading', { name: 'Book: WETH / USDC' })).toBeVisible()
  const renew = () => window.getByRole('button', { name: 'Approve it again', exact: true }).click()
  await decide(renew, ['reject'])
  await expect(window.getByText('Not approved: the order goes on waiting.')).toBeVisible()
  await decide(renew, ['approve', 'approve'])
  await expect(waiting).toContainText(/The market is [\d.]+% away\./)
  await window.getByRole('button', { name: 'Cancel order' }).click()
  await expect(window.getByText('No open orders')).toBeVisible()
})
