import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './expect.ts'

async function expectAccessible(window: Page): Promise<void> {
  // Transitions would be measured half-way, with colours that nobody sees.
  await window.emulateMedia({ reducedMotion: 'reduce' })
  const { violations } = await new AxeBuilder({ page: window })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .setLegacyMode()
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

/** Panes scroll; the window itself never does, or its bars would leave the screen. */
async function expectFits(window: Page): Promise<void> {
  const excess = await window.evaluate(() => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
    return { height: scrollHeight - clientHeight, width: scrollWidth - clientWidth }
  })
  expect(excess).toEqual({ height: 0, width: 0 })
}

/** That a screen fits its window, and that axe finds nothing against it. */
export async function expectUsable(window: Page): Promise<void> {
  await expectFits(window)
  await expectAccessible(window)
}
