import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { expect } from './expect.ts'

async function expectAccessible(window: Page): Promise<void> {
  // Half a megabyte, which stays until the window is loaded again.
  if (!(await window.evaluate(() => 'axe' in globalThis))) await window.evaluate(axe.source)
  const violations = await window.evaluate(async () => {
    // Measured half-way, transitions have colours that nobody sees; the end of one can begin that of a child.
    const running = () => document.getAnimations().filter(({ playState }) => playState === 'running')
    for (let all = running(); all.length > 0; all = running()) {
      await Promise.allSettled(all.map(({ finished }) => finished))
    }
    const { axe: there } = globalThis as unknown as { axe: typeof axe }
    const found = await there.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    })
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
  expect(violations).toEqual([])
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
