import type { Page } from '@playwright/test'
import { expectUsable } from '../expectUsable.ts'
import { expect, password, test } from '../fixtures.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { BackupsPage } from '../pages/BackupsPage.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { SendPage } from '../pages/SendPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`every screen fits its window and is accessible in the ${theme} theme`, async ({ machine }) => {
    const { window } = await machine.launch()
    const onboarding = new OnboardingPage(window)
    await onboarding.expectShown()
    await window.evaluate(
      (chosen) =>
        (
          globalThis as unknown as { minato: { settings: { update(input: unknown): Promise<unknown> } } }
        ).minato.settings.update({
          theme: chosen,
        }),
      theme,
    )
    await expect(window.locator('html')).toHaveAttribute('data-theme', theme)
    await expectUsable(window)
    await onboarding.beginPractice(password)
    const shell = new ShellPage(window)
    await expect(shell.holding('USDC').first()).toBeVisible()
    await expectUsable(window)
    await new SendPage(window).open()
    await expectUsable(window)
    for (const screen of ['Stablecoins', 'Real-world assets', 'Activity', 'Settings'] as const) {
      await shell.goTo(screen)
      await expectUsable(window)
    }
    await new AccountsPage(window).open()
    await expectUsable(window)
    await new BackupsPage(window).open()
    await expectUsable(window)
    await expectRailFits(window)
    await shell.lock()
    await expectUsable(window)
  })
}

/** The longest word of every language stays within the rail. */
async function expectRailFits(window: Page): Promise<void> {
  for (const language of ['ja', 'zh-Hant', 'zh-Hans', 'en']) {
    await window.evaluate(
      (chosen) =>
        (
          globalThis as unknown as { minato: { settings: { update(input: unknown): Promise<unknown> } } }
        ).minato.settings.update({ language: chosen }),
      language,
    )
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
