import { expect, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { OrdersPage } from '../pages/OrdersPage.ts'

test('a limit order is approved once and fills by itself; one far from the market waits and is cancelled', async ({
  practice,
}) => {
  const { window } = practice
  const orders = new OrdersPage(window)
  await orders.open()
  await expect(window.getByText('No open orders')).toBeVisible()
  await orders.choose('asset', 'WETH')
  await orders.choose('against', 'USDC')
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
