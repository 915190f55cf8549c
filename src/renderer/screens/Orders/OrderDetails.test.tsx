// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { harnessTokens, practiceChainId } from '../../harness/harnessTokens.ts'
import { renderWithHarness } from '../../harness/renderWithHarness.tsx'

afterEach(cleanup)

/** An open order to sell half a WETH, looked at. */
async function openOrder() {
  const { harness, user } = renderWithHarness('main', { hasLostRules: true })
  const addressOf = (symbol: string) => {
    const token = harnessTokens.find((known) => known.symbol === symbol)
    if (!token) throw new Error(symbol)
    return token.ref.address
  }
  const placed = await harness.mainApi.orders.place({
    accountId: 'account-0' as AccountId,
    chainId: practiceChainId,
    base: addressOf('WETH'),
    quote: addressOf('USDC'),
    side: 'sell',
    amount: '0.5',
    terms: { type: 'limit', price: '3000' },
    timeInForce: { kind: 'goodTillCancelled' },
    postOnly: false,
    toleranceBps: 50,
    allowPublic: false,
  })
  expect(placed.ok).toBe(true)
  await user.click(await screen.findByRole('button', { name: 'Orders' }))
  await user.click(await screen.findByRole('button', { name: /Sell 0\.5 WETH/ }))
  return user
}

it('offers to approve again what the signer no longer signs, and says so when that is declined', async () => {
  const user = await openOrder()
  expect(screen.getAllByText(/^Its approval has ended/).length).toBeGreaterThan(0)
  // Nothing happens by itself, so the status line promises nothing.
  expect(screen.queryByText(/only while this is open/)).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Approve it again' }))
  await screen.findByText('Not approved: the order goes on waiting.')
  await user.click(screen.getByRole('button', { name: 'Approve it again' }))
  await screen.findAllByText('The next block decides.')
  await screen.findByText('1 order acts only while this is open and unlocked')
  expect(screen.queryByRole('button', { name: 'Approve it again' })).toBeNull()
})

it('says that nothing was changed when a new price was declined', async () => {
  const user = await openOrder()
  await user.click(screen.getByRole('button', { name: 'Change' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Change the order' }))
  await user.type(dialog.getByLabelText('New price'), '2900')
  await user.click(dialog.getByRole('button', { name: 'Change' }))
  await dialog.findByText('Nothing was changed: you declined it in the approval window.')
  await user.click(dialog.getByRole('button', { name: 'Change' }))
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
})
