import type { Locator, Page } from '@playwright/test'

/** Copies the recovery kit to "paper", answers for the groups that are asked for, and returns its code. */
export async function keepKit(within: Page | Locator): Promise<string> {
  const groups = within.getByTestId('recovery-kit-code').locator('> span')
  await groups.first().waitFor()
  const paper = await groups.allTextContents()
  await within.getByRole('button', { name: 'I have written it down' }).click()
  const fields = within.locator('input[name^="group-"]')
  await fields.first().waitFor()
  for (const field of await fields.all()) {
    const position = Number((await field.getAttribute('name'))?.slice('group-'.length))
    await field.fill(paper[position - 1] ?? '')
  }
  await within.getByRole('button', { name: 'Check the code' }).click()
  return paper.join('')
}
