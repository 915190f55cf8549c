import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

/** The ticket, the book, and the orders that wait. */
export class OrdersPage {
  readonly window: Page
  readonly ticket: Locator

  constructor(window: Page) {
    this.window = window
    this.ticket = window.getByRole('form', { name: 'New order' })
  }

  async open(): Promise<void> {
    await this.window
      .getByRole('navigation', { name: 'Main' })
      .getByRole('button', { name: 'Orders' })
      .click()
    await expect(this.ticket).toBeVisible()
  }

  async choose(side: 'asset' | 'against', symbol: string): Promise<void> {
    await this.ticket.getByRole('button', { name: side === 'asset' ? /asset/i : /against/i }).click()
    const dialog = this.window.getByRole('dialog', { name: 'Choose an asset' })
    await dialog.getByLabel('Search by name, symbol or address').fill(symbol)
    await dialog.getByRole('listitem').filter({ hasText: symbol }).first().getByRole('button').click()
  }

  async give(amount: string): Promise<void> {
    await this.ticket.getByLabel('You give').fill(amount)
  }

  async price(price: string): Promise<void> {
    await this.ticket.getByLabel('Price', { exact: true }).fill(price)
  }

  /** The market price as the ticket offers it, as a number that can be typed. */
  async readMarket(): Promise<number> {
    const offer = this.ticket.getByRole('button', { name: /^Market: / })
    await expect(offer).toBeVisible()
    return Number((/[\d.,]+/.exec(await offer.innerText())?.[0] ?? '').replaceAll(',', ''))
  }

  async expectPreview(sentence: RegExp): Promise<void> {
    await expect(
      this.window.getByRole('region', { name: 'Preview' }).getByRole('heading', { name: sentence }),
    ).toBeVisible()
  }

  async continue(): Promise<void> {
    await this.window
      .getByRole('region', { name: 'Preview' })
      .getByRole('button', { name: 'Continue' })
      .click()
  }

  /** The lines of open or past orders. */
  line(text: string | RegExp): Locator {
    return this.window.getByRole('tabpanel').getByRole('listitem').filter({ hasText: text })
  }

  async showHistory(): Promise<void> {
    await this.window.getByRole('tab', { name: 'History' }).click()
  }
}
