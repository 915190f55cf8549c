// @vitest-environment happy-dom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { unwrapResult } from '../../shared/errors/Result.ts'
import { mainApi } from '../api/mainApi.ts'
import { harnessPassword } from '../harness/createHarnessVault.ts'
import { harnessTokens } from '../harness/harnessTokens.ts'
import { renderWithHarness } from '../harness/renderWithHarness.tsx'

afterEach(cleanup)
const button = (name: string | RegExp) => screen.findByRole('button', { name })

async function typeKitBack(user: UserEvent): Promise<void> {
  const groups = [...(await screen.findByTestId('recovery-kit-code')).children].map(
    (each) => each.textContent,
  )
  expect(groups[0]).toBe('MINATO1')
  await user.click(await button('I have written it down'))
  expect(document.body.textContent).not.toContain(groups[1])
  for (const field of screen.getAllByLabelText(/^Group \d+$/)) {
    await user.type(field, groups[Number(field.getAttribute('name')?.slice('group-'.length)) - 1] ?? '')
  }
  await user.click(await button('Check the code'))
}

describe('onboarding', () => {
  it('makes a wallet in four steps and keeps the words out of the document until they are asked for', async () => {
    const { user, harness } = renderWithHarness('main', { vault: 'none' })
    await user.click(
      await button('Create a new wallet Make a recovery phrase and keep it on paper. About five minutes.'),
    )
    await user.click(await button('Create recovery phrase'))
    await button('Reveal the words')
    expect(document.body.textContent).not.toContain('harbour')
    await user.click(await button('Reveal the words'))
    expect(document.body.textContent).toContain('harbour')

    act(() => {
      window.dispatchEvent(new Event('blur'))
    })
    expect(document.body.textContent).not.toContain('harbour')

    await user.click(await button('I have written them down'))
    await user.type(await screen.findByLabelText('Word 2'), 'velvet')
    await user.click(await button('Check the words'))
    expect(screen.getByText('That is not word 2. Look at your paper again.')).toBeDefined()

    await user.clear(screen.getByLabelText('Word 2'))
    for (const [position, word] of [
      ['2', ' Anchor '],
      ['7', 'ripple'],
      ['11', 'copper'],
    ] as const) {
      await user.clear(screen.getByLabelText(`Word ${position}`))
      await user.type(screen.getByLabelText(`Word ${position}`), word)
    }
    await user.click(await button('Check the words'))

    await user.type(await screen.findByLabelText('Password'), 'short')
    await user.click(await button('Protect the wallet'))
    expect(screen.getByText('Use at least 8 characters.')).toBeDefined()
    await user.type(screen.getByLabelText('Password'), ' but longer')
    await user.type(screen.getByLabelText('Repeat the password'), 'short but longer')
    await user.click(await button('Protect the wallet'))

    await typeKitBack(user)
    await user.click(await button('Open the wallet'))
    await screen.findByRole('heading', { name: 'Portfolio' })
    expect(harness.calls.filter((call) => call === 'vault.create')).toHaveLength(1)
  })

  it('goes on without a keychain only when that is accepted', async () => {
    const { user, harness } = renderWithHarness('main', {
      vault: 'none',
      keychain: { state: 'unavailable', reason: 'absent' },
    })
    await user.click(await button(/^Practice on the local chain/))
    await user.type(await screen.findByLabelText('Password'), 'long enough')
    await user.type(screen.getByLabelText('Repeat the password'), 'long enough')
    await user.click(await button('Protect the wallet'))
    expect(harness.calls).not.toContain('vault.createPractice')
    await user.click(screen.getByLabelText('Protect with the password alone'))
    await user.click(await button('Protect the wallet'))
    await button('Skip, this is only practice')
    expect(harness.calls).toContain('vault.createPractice')
  })

  it('takes a phrase back to its field when the signer finds fault with it', async () => {
    const { user } = renderWithHarness('main', { vault: 'none' })
    await user.click(await button(/^I have a recovery phrase/))
    const typed = 'harbour anchor velvet orbit maple canyon ripple sunset garden marble copper zebra'
    await user.type(await screen.findByLabelText('Recovery phrase'), typed)
    expect(screen.getByText('12 words')).toBeDefined()
    await user.click(await button('Continue'))
    await user.type(await screen.findByLabelText('Password'), 'long enough')
    await user.type(screen.getByLabelText('Repeat the password'), 'long enough')
    await user.click(await button('Protect the wallet'))
    await screen.findByText('Word 12 is not a recovery word. Check its spelling.')
    expect((screen.getByLabelText('Recovery phrase') as HTMLTextAreaElement).value).toBe(typed)
  })
})

describe('the lock', () => {
  it('says that a password is wrong, and opens with the right one', async () => {
    const { user } = renderWithHarness('main', { vault: 'locked' })
    await user.type(await screen.findByLabelText('Password'), 'wrong')
    await user.click(await button('Unlock'))
    expect((await screen.findByRole('alert')).textContent).toContain('That password is not right')
    expect((screen.getByLabelText('Password') as HTMLInputElement).value).toBe('')
    await user.type(screen.getByLabelText('Password'), harnessPassword)
    await user.click(await button('Unlock'))
    await screen.findByRole('heading', { name: 'Portfolio' })
  })

  it('offers the recovery kit when the keychain does not help', async () => {
    const { user } = renderWithHarness('main', {
      vault: 'locked',
      keychain: { state: 'unavailable', reason: 'locked' },
    })
    await user.type(await screen.findByLabelText('Password'), harnessPassword)
    await user.click(await button('Unlock'))
    await user.type(await screen.findByLabelText('Recovery kit code'), 'MINATO1-0000')
    await user.type(screen.getByLabelText('Password'), harnessPassword)
    await user.click(await button('Unlock'))
    await screen.findByRole('heading', { name: 'Portfolio' })
  })

  it('takes no attempt while attempts are throttled', async () => {
    renderWithHarness('main', { vault: 'locked' }).harness.setStatus({
      throttledUntilMs: Date.now() + 30_000,
    })
    expect((await screen.findByRole('alert')).textContent).toMatch(/Try again in (29|30) seconds/)
    expect((await button('Unlock')).hasAttribute('disabled')).toBe(true)
  })

  it('forgets what was read when the vault locks', async () => {
    const { user, client } = renderWithHarness('main')
    await screen.findByRole('table', { name: 'Stablecoins' })
    await user.click(await button('Lock'))
    await button('Unlock')
    expect(client.getQueryCache().findAll({ queryKey: ['unlocked'] })).toHaveLength(0)
    expect(document.body.textContent).not.toContain('USDC')
  })

  it('says that open orders wait, to who locks and to who comes back', async () => {
    const { user, harness } = renderWithHarness('main')
    await screen.findByRole('table', { name: 'Stablecoins' })
    const [account] = unwrapResult(await mainApi().vault.listWallets()).flatMap(({ accounts }) => accounts)
    if (!account) throw new Error('no account')
    const [base, quote] = harnessTokens
    if (!base || !quote) throw new Error('no tokens')
    await act(async () => {
      await mainApi().orders.place({
        accountId: account.id,
        chainId: base.ref.chainId,
        base: base.ref.address,
        quote: quote.ref.address,
        side: 'sell',
        amount: '1',
        terms: { type: 'limit', price: '3000' },
        timeInForce: { kind: 'goodTillCancelled' },
        postOnly: false,
        toleranceBps: 100,
        allowPublic: false,
      })
    })
    await screen.findByText('1 order acts only while this is open and unlocked')
    expect(harness.calls).not.toContain('app.notify')
    await user.click(await button('Lock'))
    await button('Unlock')
    await screen.findByText('1 open order waits: nothing is filled while Minato is locked or closed.')
    expect(harness.calls).toContain('app.notify')
  })

  it('opens the backup copy of a damaged vault', async () => {
    const { user } = renderWithHarness('main', { vault: 'damaged', backup: 'readable' })
    await user.type(await screen.findByLabelText('Password'), harnessPassword)
    await user.click(await button('Open the backup copy'))
    await screen.findByRole('heading', { name: 'Portfolio' })
  })
})

describe('the currency of values', () => {
  it('is chosen in the settings, and the portfolio follows', async () => {
    const { user } = renderWithHarness('main', { vault: 'unlocked' })
    await screen.findByRole('heading', { name: 'Portfolio' })
    const total = async () => (await screen.findByText('Total value')).nextElementSibling?.textContent ?? ''
    await waitFor(async () => expect(await total()).toMatch(/^\$/))
    await user.click(await button('Settings'))
    await user.selectOptions(await screen.findByLabelText('Currency'), 'Euro (EUR)')
    await user.click(await button('Portfolio'))
    await waitFor(async () => expect(await total()).toMatch(/^€/))
  })
})

describe('a transfer', () => {
  it('is reviewed in words, sent after the approval, and followed into its block', async () => {
    const { user, harness } = renderWithHarness('main')
    await user.click(await button('Send'))
    await user.click(await button('Choose an asset'))
    await user.click(await button(/^USDC USD Coin/))
    await user.type(screen.getByLabelText('Amount'), '25.0000001')
    await screen.findByText('This asset has at most 6 decimals. Shorten the amount.')
    await user.clear(screen.getByLabelText('Amount'))
    await user.type(screen.getByLabelText('Amount'), '25')
    await user.type(screen.getByLabelText('Recipient'), 'hana.eth')
    await screen.findByText('Recipient found')
    await user.click(await button('Review transfer'))

    const review = within(await screen.findByRole('region', { name: 'Review' }))
    await review.findByRole('heading', {
      name: 'You send 25 USDC to hana.eth. It costs at most 0.00042 ETH.',
    })
    expect(review.getByText(/You have not sent to this address before/)).toBeDefined()
    await user.click(review.getByRole('button', { name: 'Continue' }))
    await review.findByRole('heading', { name: 'Waiting for your approval' })

    await act(() =>
      harness.approvalApi.approvals.approve({ requestId: 'request-1', digest: `0x${'00'.repeat(32)}` }),
    )
    await review.findByRole('heading', { name: 'On its way' })
    act(() => harness.mineBlock())
    await review.findByRole('heading', { name: 'Arrived' })
    await user.click(review.getByRole('button', { name: 'View in activity' }))
    await screen.findByRole('region', { name: 'Transaction details' })
    expect(screen.getAllByText('Sent 25 USDC to hana.eth').length).toBeGreaterThan(0)
  })

  it('says that nothing moved when it is rejected', async () => {
    const { user, harness } = renderWithHarness('main')
    await user.click(await button('Send'))
    await user.click(await button('Choose an asset'))
    await user.click(await button(/^ETH Ether/))
    await user.click(await button('Max'))
    await user.type(screen.getByLabelText('Recipient'), 'hana.eth')
    await user.click(await button('Review transfer'))
    await user.click(await button('Continue'))
    await screen.findByRole('heading', { name: 'Waiting for your approval' })
    await act(() =>
      harness.approvalApi.approvals.reject({ requestId: 'request-1', digest: `0x${'00'.repeat(32)}` }),
    )
    await screen.findByRole('heading', { name: 'Not sent' })
  })
})

describe('the approval window', () => {
  it('writes what is signed in the token’s own units, and behind it what the app shows for it', async () => {
    const { harness } = renderWithHarness('approval')
    act(() => harness.requestApproval({ symbol: 'wNVDA' }))
    await screen.findByRole('heading', { name: /^Send 25 wNVDA \(shown as 51\.25\) to / })
    await screen.findByText(/amounts of wNVDA times 2\.05/)
  })

  it('focuses Reject, shows the address in full, and does not approve at once', async () => {
    const { harness, user } = renderWithHarness('approval')
    act(() => harness.requestApproval())
    await screen.findByRole('heading', { name: 'Send 25 USDC to 0x7aB1…7890' })
    expect(document.activeElement).toBe(await button('Reject'))
    expect(document.body.textContent).toContain('0x7aB1c09F2d4E5a6b8C7d9E0f1A2b3C4d5E6f7890')
    await user.click(await button('Approve'))
    expect(harness.calls).not.toContain('approvals.approve')
  })

  it('keeps what the node says apart from what the signer read', async () => {
    const { harness } = renderWithHarness('approval')
    act(() => harness.requestApproval())
    const signed = await screen.findByRole('region', { name: /^Read by the signer/ })
    const claims = await screen.findByRole('region', { name: 'Your node says' })
    expect(signed.textContent).not.toContain('hana.eth')
    expect(claims.textContent).toContain('hana.eth')
  })

  it('rejects by Escape', async () => {
    const { harness, user } = renderWithHarness('approval')
    act(() => harness.requestApproval())
    await button('Reject')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(harness.calls).toContain('approvals.reject'))
    await screen.findByRole('heading', { name: 'Nothing to approve' })
  })
})
