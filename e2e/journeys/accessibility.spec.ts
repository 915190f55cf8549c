import type { Page } from '@playwright/test'
import { expectUsable } from '../expectUsable.ts'
import { expect, password, test } from '../fixtures.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { BackupsPage } from '../pages/BackupsPage.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { SendPage } from '../pages/SendPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

test('every screen fits its window and is accessible in either theme', async ({ machine }) => {
  const { window } = await machine.launch()
  const onboarding = new OnboardingPage(window)
  await onboarding.expectShown()
  await expectUsableInThemes(window)
  await onboarding.beginPractice(password)
  const shell = new ShellPage(window)
  await expect(shell.holding('USDC').first()).toBeVisible()
  await expectUsableInThemes(window)
  await new SendPage(window).open()
  await expectUsableInThemes(window)
  for (const screen of [
    'Swap',
    'Orders',
    'Stablecoins',
    'Real-world assets',
    'Activity',
    'Settings',
  ] as const) {
    await shell.goTo(screen)
    await expectUsableInThemes(window)
  }
  await new AccountsPage(window).open()
  await expectUsableInThemes(window)
  await new BackupsPage(window).open()
  await expectUsableInThemes(window)
  await expectRailFits(window)
  await shell.lock()
  await expectUsableInThemes(window)
})

async function expectUsableInThemes(window: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await changeSettings(window, { theme })
    await expect(window.locator('html')).toHaveAttribute('data-theme', theme)
    await expectUsable(window)
  }
}

/** As the settings screen does, from wherever the window is. */
async function changeSettings(window: Page, changes: object): Promise<void> {
  await window.evaluate(
    (input) =>
      (
        globalThis as unknown as { minato: { settings: { update(input: unknown): Promise<unknown> } } }
      ).minato.settings.update(input),
    changes,
  )
}

/** The longest word of every language stays within the rail. */
async function expectRailFits(window: Page): Promise<void> {
  for (const language of ['ja', 'zh-Hant', 'zh-Hans', 'en']) {
    await changeSettings(window, { language })
    await expect(window.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`))
    const excess = await window
      .getByRole('navigation')
      .evaluate((rail) =>
        [...rail.querySelectorAll('button')]
          .map((entry) => Math.max(entry.getBoundingClientRect().right, entry.offsetLeft + entry.scrollWidth))
          .filter((right) => right > rail.getBoundingClientRect().right),
      )
    expect(excess, language).toEqual([])
  }
}
