// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { HarnessOptions } from '../../harness/createHarness.ts'
import { renderWithHarness } from '../../harness/renderWithHarness.tsx'
import { armMs } from './QuoteReview.tsx'

afterEach(cleanup)
const button = (name: string | RegExp) => screen.findByRole('button', { name })
const field = (name: string) => screen.findByRole<HTMLInputElement>('textbox', { name })
const exact = { requestId: 'request-1', digest: `0x${'00'.repeat(32)}` } as const

async function openSwap(options: HarnessOptions = {}) {
  const opened = renderWithHarness('main', options)
  await opened.user.click(await button('Swap'))
  await field('You pay')
  return { ...opened, quote: within(await screen.findByRole('region', { name: 'Quote' })) }
}

describe('the swap screen', () => {
  it('promises a least amount, says that nobody can profit, and follows the trade into its block', async () => {
    const { user, quote, harness } = await openSwap()
    await user.type(await field('You pay'), '1')
    await quote.findByRole('heading', { name: 'You receive at least 2,974.16 USDC.' })
    expect(quote.getByText('Nobody can profit from attacking this trade.')).toBeDefined()
    expect(quote.getByText('7.49 USDC in all (0.26%)')).toBeDefined()
    expect((await field('You receive')).value).toBe('2988.505')

    // Enter leads to the decision and does not take it.
    await user.type(await field('You pay'), '{Enter}')
    expect(document.activeElement).toBe(quote.getByRole('button', { name: 'Continue' }))
    expect(harness.calls).not.toContain('swaps.execute')
    await user.keyboard('{Enter}')
    await quote.findByRole('heading', { name: 'Waiting for your approval' })
    expect((await field('You pay')).closest('fieldset')?.disabled).toBe(true)

    await act(() => harness.approvalApi.approvals.approve(exact))
    await quote.findByRole('heading', { name: 'On its way' })
    act(() => harness.mineBlock())
    await quote.findByRole('heading', { name: 'Swapped' })
  })

  it('finds what has to be paid for an exact purchase', async () => {
    const { user, quote } = await openSwap()
    await user.type(await field('You receive'), '2000')
    await quote.findByRole('heading', { name: /^You pay at most 0\.67\d+ ETH\.$/ })
    expect((await field('You pay')).value).toMatch(/^0\.669/)
    await user.click(await button('Exchange the two sides'))
    await quote.findByRole('heading', { name: /^You receive at least 0\.6\d+ ETH\.$/ })
    expect((await field('You pay')).value).toBe('2000')
  })

  it('does not change an amount under the hand that is about to replace it', async () => {
    const { user, quote, harness } = await openSwap({ swaps: { driftBps: 30 } })
    await user.type(await field('You pay'), '5')
    await quote.findByRole('button', { name: 'Continue' })
    const receive = await field('You receive')
    const before = receive.value
    await user.tab()
    act(() => receive.focus())
    act(() => harness.mineBlock())
    await quote.findByRole('button', { name: /^Accept / })
    expect([receive.selectionStart, receive.selectionEnd]).toEqual([0, before.length])
    await user.keyboard('7')
    expect(receive.value).toBe('7')
    // Left alone, it is what the newest quote says.
    await user.type(await field('You pay'), '{Backspace}5')
    await waitFor(() => expect(receive.value).toMatch(/^\d{5}/))
  })

  it('asks to accept a quote that got worse', async () => {
    // The guard's time is over when this test says so, however slow the machine is.
    const guards: (() => void)[] = []
    const start = globalThis.setTimeout
    const timers = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) => {
      if (ms !== armMs) return start(run, ms)
      guards.push(run)
      return undefined
    }) as typeof setTimeout)
    onTestFinished(() => timers.mockRestore())

    const { user, quote, harness } = await openSwap({ swaps: { driftBps: 30 } })
    await user.type(await field('You pay'), '5')
    await quote.findByRole('button', { name: 'Continue' })
    act(() => harness.mineBlock())
    const accept = await quote.findByRole('button', { name: 'Accept 14,784.50 USDC and continue' })
    expect(quote.getByText('At least 14,784.50 USDC, no longer 14,829.14 USDC.')).toBeDefined()
    // A click that was meant for the better quote must not accept this one.
    await user.click(accept)
    expect(harness.calls).not.toContain('swaps.execute')
    expect(accept.getAttribute('aria-busy')).toBe('true')
    act(() => {
      for (const over of guards) over()
    })
    expect(accept.getAttribute('aria-busy')).toBeNull()
    await user.click(accept)
    await quote.findByRole('heading', { name: 'Waiting for your approval' })
  })

  it('renews a quote that a block made old before it was seen', async () => {
    const { user, quote, harness } = await openSwap({ swaps: { driftBps: 30 } })
    const ask = harness.mainApi.swaps.quote
    vi.spyOn(harness.mainApi.swaps, 'quote').mockImplementationOnce(async (request) => {
      const answer = await ask(request)
      harness.mineBlock()
      return answer
    })
    await user.type(await field('You pay'), '5')
    await quote.findByRole('button', { name: 'Accept 14,784.50 USDC and continue' })
  })

  it('says what an attacker could take in public, and offers what helps', async () => {
    const { user, quote } = await openSwap()
    await user.type(await field('You pay'), '8')
    await quote.findByText('Attackers cannot see this trade before it is in a block.')
    await user.click(await screen.findByRole('radio', { name: 'In public' }))
    await quote.findByText('Nobody can profit from attacking this trade.')
    expect(quote.getByText('The price needs more room than is safe in public.')).toBeDefined()
    await user.click(screen.getByRole('radio', { name: 'My own' }))
    const tolerance = await screen.findByRole('textbox', { name: 'Tolerance in percent' })
    await user.clear(tolerance)
    await user.type(tolerance, '0.5')
    await quote.findByText(/^An attacker could take [\d.]+ USDC from you at this tolerance\.$/)
    await user.click(quote.getByRole('button', { name: 'Use 0.12%' }))
    await quote.findByText('Nobody can profit from attacking this trade.')
    expect((tolerance as HTMLInputElement).value).toBe('0.12')
    // What helps is chosen by the user, never for him.
    await user.click(quote.getByRole('button', { name: 'Trade 25% of it' }))
    await waitFor(async () => expect((await field('You pay')).value).toBe('2'))
  })

  it('calls nothing safe where rounding alone pays an attacker', async () => {
    const { user, quote } = await openSwap({ swaps: { hasPublicOnly: true, doesRoundingPay: true } })
    await user.type(await field('You pay'), '1')
    await quote.findByText(/^You get what was quoted, but amounts are rounded to whole units/)
    expect(quote.getByText(/an attacker can profit even without any tolerance/)).toBeDefined()
    expect(quote.queryByRole('button', { name: /^Use / })).toBeNull()
    expect(
      screen.getByText('0%: there is no less. Rounding alone still pays an attacker in public.'),
    ).toBeDefined()
    expect(quote.queryByText('Nobody can profit from attacking this trade.')).toBeNull()
  })

  it('shows what each tolerance offers an attacker, and changes nothing until told so', async () => {
    const { user, quote } = await openSwap()
    await user.type(await field('You pay'), '8')
    await quote.findByText('Attackers cannot see this trade before it is in a block.')
    await user.click(screen.getByText('What an attack would do'))
    const slider = await screen.findByRole('slider', { name: 'Try a tolerance' })
    await screen.findByText(/^At 0\.5% an attacker would take .+ ETH, and you would lose .+ USDC\./)
    await screen.findByText(/^Measured: this pair moved about 3\.87% a day, by 214 changes/)
    fireEvent.change(slider, { target: { value: '0' } })
    await screen.findByText(/^At 0% an attack is not worth it\. It fails/)
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Automatic' }).checked).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Use 0%' }))
    expect(
      (await screen.findByRole<HTMLInputElement>('textbox', { name: 'Tolerance in percent' })).value,
    ).toBe('0')
  })

  it('says why there is no way, and lets an obstacle be looked at but not sent', async () => {
    const { user, quote } = await openSwap()
    await user.type(await field('You pay'), '500')
    await quote.findByText(/^You hold 9\.99\d+ ETH, less than this trade needs\./)
    expect(quote.getByRole('button', { name: 'Continue' }).hasAttribute('disabled')).toBe(true)
    await user.click(await button('Asset to receive: USDC'))
    await user.type(screen.getByRole('searchbox'), 'tbill{Enter}')
    await quote.findByRole('heading', { name: 'No way to swap this' })
    expect(quote.getByText(/^The contract of TBILL does not let this account/)).toBeDefined()
    expect(quote.queryByText(/its issuer redeems/)).toBeNull()
    await user.click(await button('Exchange the two sides'))
    expect(
      await quote.findByText(/TBILL is a share of a vault, which its issuer redeems for USDC\./),
    ).toBeDefined()
  })

  it('keeps to the markets that the user allows, and says when that leaves no way', async () => {
    const { user, quote } = await openSwap()
    await user.type(await field('You pay'), '1')
    await quote.findByRole('heading', { name: /^You receive at least/ })
    await user.click(screen.getByText('Limit the route'))
    await user.click(screen.getByRole('checkbox', { name: 'Uniswap v4' }))
    await quote.findByRole('heading', { name: 'No way to swap this' })
    expect(screen.getByText('Limit the route (1 limit)')).toBeDefined()
    await user.click(
      within(quote.getByText(/You limited the route/)).getByRole('button', { name: 'Lift the limits' }),
    )
    await quote.findByRole('heading', { name: /^You receive at least/ })
  })

  it('says of which pools nobody has proved the mathematics on chain', async () => {
    const { user, quote } = await openSwap()
    await user.type(await field('You pay'), '8')
    await quote.findByRole('heading', { name: /^You receive at least/ })
    expect(screen.getByText(/^A pool on this route is computed from published mathematics/)).toBeDefined()
    expect(screen.getByText(/unproven on chain/)).toBeDefined()
  })

  it('withdraws a private trade', async () => {
    const { user, quote, harness } = await openSwap()
    await user.type(await field('You pay'), '1')
    await user.click(await quote.findByRole('button', { name: 'Continue' }))
    await quote.findByRole('heading', { name: 'Waiting for your approval' })
    await act(() => harness.approvalApi.approvals.approve(exact))
    await user.click(await quote.findByRole('button', { name: 'Withdraw the trade' }))
    await quote.findByRole('heading', { name: 'Withdrawn' })
  })

  it('keeps the fee of the user’s exchange', async () => {
    const { user, quote } = await openSwap()
    await user.type(await field('You pay'), '1')
    await quote.findByText(/^An exchange at 0\.1% would charge 2\.99 USDC\./)
    await user.click(quote.getByRole('button', { name: 'Change the fee' }))
    const fee = quote.getByRole('textbox', { name: 'Your exchange’s fee in percent' })
    await user.clear(fee)
    await user.type(fee, '0.25{Enter}')
    await quote.findByText(/^An exchange at 0\.25% would charge 7\.48 USDC\./)
  })
})
