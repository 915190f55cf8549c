import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { OrdersPage } from '../pages/OrdersPage.ts'

async function approveNext(opening: Promise<Page>, sentence: string | RegExp) {
  const approval = new ApprovalPage(await opening)
  await expect(approval.window.getByRole('heading', { name: sentence })).toBeVisible()
  await approval.approve()
}

test('a limit order is signed for others instead of armed, and shown as a QR code and a link', async ({
  practice,
}) => {
  const { window } = practice
  const orders = new OrdersPage(window)
  await orders.openPair('WETH', 'USDC')
  await orders.ticket.getByRole('radio', { name: 'Buy' }).check()
  await orders.give('300')
  await orders.price('300')
  await orders.expectPreview(/^Buys at least 1 WETH for 300/)
  await window.getByRole('button', { name: 'Sign it for anybody instead' }).click()
  const dialog = window.getByRole('dialog', { name: 'Sign an order for others' })
  await expect(dialog.getByLabel('You give')).toHaveValue('300')
  let opening = practice.nextWindow()
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
  await approveNext(opening, /^Offer 300 USDC for 1 WETH/)

  await expect(window.getByText(/Nobody can fill it yet/).first()).toBeVisible()
  opening = practice.nextWindow()
  await window.getByRole('button', { name: 'Let the contract take USDC' }).click()
  await approveNext(opening, /^Let 1inch take up to 300 USDC/)
  await expect(window.getByText('300.00 USDC can be had now, for 1 WETH.').first()).toBeVisible()

  await window.getByRole('button', { name: 'Share' }).click()
  const share = window.getByRole('dialog', { name: 'Share this order' })
  await expect(share.getByRole('img', { name: 'The order as a QR code' })).toBeVisible()
  await expect(share.getByText(/^minato:order\//)).toBeVisible()
  await share.getByRole('button', { name: 'Close' }).first().click()

  opening = practice.nextWindow()
  await window.getByRole('button', { name: 'Cancel on the network' }).click()
  await approveNext(opening, /^Cancel/)
  await expect(window.getByText(/^(Cancelled|Filled or cancelled)\.$/).first()).toBeVisible()
  await window.screenshot({ path: test.info().outputPath('cancelled.png') })
})
