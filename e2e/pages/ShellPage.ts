import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

export type ScreenName =
  | 'Portfolio'
  | 'Swap'
  | 'Orders'
  | 'Stablecoins'
  | 'Real-world assets'
  | 'Activity'
  | 'Settings'

/** The open wallet: rail, status line and what is in every screen. */
export class ShellPage {
  readonly window: Page
  readonly status: Locator

  constructor(window: Page) {
    this.window = window
    this.status = window.getByRole('region', { name: 'Status' })
  }

  /** As after a start of the app, with an open wallet: whatever was open or typed is gone, and the holdings are shown. */
  async beginAnew(): Promise<void> {
    await this.window.reload()
    await expect(this.window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
    await expect(this.holding('USDC').first()).toBeVisible()
  }

  async goTo(screen: ScreenName): Promise<void> {
    await this.window.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: screen }).click()
    await expect(this.window.getByRole('heading', { name: screen, level: 1 })).toBeVisible()
  }

  async lock(): Promise<void> {
    await this.window.getByRole('button', { name: 'Lock', exact: true }).click()
  }

  /** The row of an asset in the portfolio, by its symbol. */
  holding(symbol: string): Locator {
    return this.window.getByRole('row').filter({ has: this.window.getByText(symbol, { exact: true }) })
  }
}
