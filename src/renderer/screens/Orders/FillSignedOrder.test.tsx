// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderWithHarness } from '../../harness/renderWithHarness.tsx'

afterEach(cleanup)

it('follows a fill until it is in a block, and then offers the rest of the order', async () => {
  const { harness, user } = renderWithHarness('main', { hasOffer: true })
  await user.click(await screen.findByRole('button', { name: 'Orders' }))
  await user.click(await screen.findByRole('tab', { name: 'Between people' }))
  await user.click(await screen.findByRole('button', { name: /2 WETH.*5,000\.00 USDC/ }))
  await user.type(await screen.findByLabelText('Pay, in USDC'), '1000')
  const fill = within(screen.getByRole('region', { name: 'Fill' })).getByRole<HTMLButtonElement>('button', {
    name: 'Fill',
  })
  await expect.poll(() => fill.disabled).toBe(false)
  await user.click(fill)

  await screen.findByRole('heading', { name: 'On its way' })
  harness.mineBlock()
  await screen.findByRole('heading', { name: 'You have filled it' })
  expect(screen.getByText(/^The fill is in block 12,848/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Fill more of it' }))
  expect((await screen.findByLabelText<HTMLInputElement>('Pay, in USDC')).value).toBe('')
})
