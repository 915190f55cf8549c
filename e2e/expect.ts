import { expect as playwrightExpect } from '@playwright/test'

/** Patient enough for a machine that does other work: what is awaited here has no deadline of its own. */
export const expect = playwrightExpect.configure({ timeout: 60_000 })
