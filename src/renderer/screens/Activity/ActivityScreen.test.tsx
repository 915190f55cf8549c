// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderWithHarness } from '../../harness/renderWithHarness.tsx'

afterEach(cleanup)

it('keeps what is looked at, also where the list does not hold it', async () => {
  const { user } = renderWithHarness('main')
  await user.click(await screen.findByRole('button', { name: 'Activity' }))
  const [entry] = within(
    (await screen.findAllByRole('list', { name: 'Activity' }))[0] as HTMLElement,
  ).getAllByRole('button')
  if (!entry) throw new Error('no activity')
  await user.click(entry)
  const sentence = entry.textContent ?? ''
  const inspector = screen.getByRole('region', { name: 'Transaction details' })
  expect(within(inspector).getByRole('heading', { name: sentence })).toBeDefined()
  await user.type(screen.getByLabelText('Search tokens, names, addresses, notes'), 'nothing has this name')
  await screen.findByText('Nothing in the activity matches.')
  expect(
    within(screen.getByRole('region', { name: 'Transaction details' })).getByRole('heading', {
      name: sentence,
    }),
  ).toBeDefined()
})
