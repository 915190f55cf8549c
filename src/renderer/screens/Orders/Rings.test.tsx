// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderWithHarness } from '../../harness/renderWithHarness.tsx'

afterEach(cleanup)

async function openOrders(options: Parameters<typeof renderWithHarness>[1]) {
  const { user } = renderWithHarness('main', options)
  await user.click(await screen.findByRole('button', { name: 'Orders' }))
  await user.click(await screen.findByRole('tab', { name: 'Between people' }))
}

it('shows orders that pay each other, whose they are, and what each gets beyond its price', async () => {
  await openOrders({ hasRing: true })
  const ring = within(await screen.findByRole('list', { name: 'Ring of 3 orders' }))
  expect(ring.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    expect.stringMatching(
      /500\.00 EURC for 82,500\.00 JPYC.*Your armed order.*1,200\.00 JPYC better than asked/,
    ),
    expect.stringMatching(/82,500\.00 JPYC for 545\.00 USDC.*A signed order.*3\.50 USDC better than asked/),
    expect.stringMatching(/545\.00 USDC for 500\.00 EURC.*Your signed order.*2\.25 EURC better than asked/),
  ])
  expect(screen.getByText(/Minato does not carry them out/)).toBeDefined()
})

it('says nothing of rings where there are none', async () => {
  await openOrders({})
  await screen.findByRole('button', { name: 'Open a signed order' })
  expect(screen.queryByText(/pay each other/)).toBeNull()
})
