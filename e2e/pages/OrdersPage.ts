import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

/** The ticket, the book, and the orders that wait. */
export class OrdersPage {
  readonly window: Page
  readonly ticket: Locator

  get changing(): Locator {
    return this.window.getByRole('dialog', { name: 'Change the order' })
  }

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

  /** Opens the screen with a pair in the ticket. */
  async openPair(asset: string, against: string): Promise<void> {
    await this.open()
    await this.choose('asset', asset)
    await this.choose('against', against)
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

  /** Cancels the only open order. */
  async cancel(text: string): Promise<void> {
    await this.line(text).getByRole('button').click()
    await this.window.getByRole('button', { name: 'Cancel order' }).click()
    await expect(this.window.getByText('No open orders')).toBeVisible()
  }

  /** The line of the only limit order in the picture of prices. */
  get chartLine(): Locator {
    return this.window.getByRole('slider', { name: /limit/i })
  }

  /** Drags that line by so many pixels, down for more, and returns the price at which it was let go. */
  async dragLine(pixels: number): Promise<number> {
    const box = await this.chartLine.boundingBox()
    if (!box) throw new Error('The order has no line')
    const [x, y] = [box.x + box.width / 3, box.y + box.height / 2]
    await this.window.mouse.move(x, y)
    await this.window.mouse.down()
    await this.window.mouse.move(x, y + pixels, { steps: 4 })
    await this.window.mouse.up()
    return Number(await this.changing.getByLabel('New price').inputValue())
  }

  /** Confirms the price at which a line was let go; `approve` does what else is asked. */
  async changeTo(price: number, approve = async () => {}): Promise<void> {
    await this.changing.getByRole('button', { name: 'Change' }).click()
    await approve()
    await expect(this.changing).toBeHidden()
    await expect
      .poll(async () => Number(await this.chartLine.getAttribute('aria-valuenow')))
      .toBeCloseTo(price, 1)
  }

  async showHistory(): Promise<void> {
    await this.window.getByRole('tab', { name: 'History' }).click()
  }
}
