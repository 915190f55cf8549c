// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  harnessFilePassword,
  harnessPassword,
  harnessPhrase,
  harnessPrivateKey,
} from '../../harness/createHarnessVault.ts'
import { renderWithHarness } from '../../harness/renderWithHarness.tsx'

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const button = (name: string | RegExp) => screen.findByRole('button', { name })

async function openAccounts(options = {}) {
  const rendered = renderWithHarness('main', { hasManyWallets: true, ...options })
  await rendered.user.click(await button('Account: All accounts'))
  await rendered.user.click(await button('Manage and import'))
  await screen.findByRole('heading', { name: 'Accounts', level: 1 })
  return rendered
}

/** Everything that React keeps of the page, as text: props, state and refs' values that are text. */
function reactTextOf(root: Element): string {
  const seen = new Set<unknown>()
  const texts: string[] = []
  const walk = (value: unknown, depth: number) => {
    if (typeof value === 'string') texts.push(value)
    if (typeof value !== 'object' || value === null || seen.has(value) || depth > 60) return
    if (value instanceof Node || value instanceof Window) return
    seen.add(value)
    for (const inner of Object.values(value)) walk(inner, depth + 1)
  }
  for (const element of [root, ...root.querySelectorAll('*')]) {
    for (const [key, value] of Object.entries(element)) {
      if (key.startsWith('__react')) walk(value, 0)
    }
  }
  return texts.join('\n')
}

describe('the accounts screen', () => {
  it('renames, colours and hides an account', async () => {
    const { user } = await openAccounts()
    await user.click(await button('Daily'))
    const details = within(screen.getByRole('region', { name: 'Details' }))
    await user.clear(details.getByLabelText('Account name'))
    await user.type(details.getByLabelText('Account name'), 'Groceries')
    await user.click(details.getByRole('button', { name: 'Save' }))
    await details.findByRole('heading', { name: 'Groceries' })
    await user.click(details.getByRole('radio', { name: 'Violet' }))
    await waitFor(() =>
      expect(details.getByRole('radio', { name: 'Violet' })).toHaveProperty('checked', true),
    )
    await user.click(details.getByLabelText('Hide this account'))
    await screen.findByLabelText('Show 2 hidden accounts')
    expect(screen.queryByRole('button', { name: 'Groceries' })).toBeNull()
  })

  it('moves an account by the arrow keys, keeps the focus on it, and says where it went', async () => {
    await openAccounts()
    const handle = await button('Move Daily')
    handle.focus()
    fireEvent.keyDown(handle, { key: 'ArrowUp' })
    await screen.findByText('Daily is now number 1 of 2.')
    const list = within(screen.getByRole('list', { name: 'Accounts of Savings' }))
    await waitFor(() => expect(list.getAllByRole('listitem')[0]?.textContent).toContain('Daily'))
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Daily')
  })

  it('shows a private key after the password only, past React, and hides it when the time is up', async () => {
    const { user, harness, container } = await openAccounts()
    await user.click(await button('Daily'))
    await user.click(await button('Reveal the private key'))
    await user.type(screen.getByLabelText('Password'), 'wrong')
    await user.click(await button('Reveal'))
    await screen.findByText(/That password is not right/)
    expect(screen.queryByTestId('secret')).toBeNull()

    await user.type(screen.getByLabelText('Password'), harnessPassword)
    await user.click(await button('Reveal'))
    expect((await screen.findByTestId('secret')).textContent).toBe(harnessPrivateKey)
    expect(reactTextOf(container)).toContain('Private key of Daily')
    expect(reactTextOf(container)).not.toContain(harnessPrivateKey)

    await user.click(await button('Copy'))
    await screen.findByText(/^Copied\. The clipboard is cleared in/)
    expect(harness.clipboard()).toBe(harnessPrivateKey)

    act(() => {
      vi.advanceTimersByTime(121_000)
    })
    await screen.findByText('Hidden again, because the time was up.')
    expect(document.body.textContent).not.toContain(harnessPrivateKey)
    expect(harness.calls.filter((call) => call === 'app.setSecretShown')).toHaveLength(2)
  })

  it('covers a phrase when the window is left', async () => {
    const { user } = await openAccounts()
    await user.click(screen.getAllByRole('button', { name: 'Savings' })[0] ?? document.body)
    await user.click(await button('Reveal the recovery phrase'))
    await user.type(screen.getByLabelText('Password'), harnessPassword)
    await user.click(await button('Reveal'))
    const words = within(await screen.findByRole('list', { name: 'Recovery words' })).getAllByRole('listitem')
    expect(words.map((word) => word.textContent).join(' ')).toBe(harnessPhrase)
    act(() => {
      window.dispatchEvent(new Event('blur'))
    })
    await screen.findByText('Hidden again, because you left the window.')
    expect(document.body.textContent).not.toContain('harbour')
  })

  it('imports a private key, and says what is wrong with one that cannot be', async () => {
    const { user } = await openAccounts()
    await user.click(await button('Import'))
    await user.click(screen.getByRole('tab', { name: 'Private key' }))
    const dialog = within(screen.getByRole('dialog'))
    await user.type(dialog.getByLabelText('Private key', { selector: 'input' }), '0x12')
    await user.click(dialog.getByRole('button', { name: 'Import' }))
    await dialog.findByText('A private key has 64 digits and letters from a to f.')
    await user.clear(dialog.getByLabelText('Private key', { selector: 'input' }))
    await user.type(dialog.getByLabelText('Private key', { selector: 'input' }), harnessPrivateKey)
    await user.type(dialog.getByLabelText('Name (optional)'), 'Bought key')
    await user.click(dialog.getByRole('button', { name: 'Import' }))
    await screen.findByText('Imported Bought key.')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('imports a keystore file under its own password', async () => {
    const { user } = await openAccounts()
    await user.click(await button('Import'))
    await user.click(screen.getByRole('tab', { name: 'Keystore' }))
    const dialog = within(screen.getByRole('dialog'))
    await user.click(dialog.getByRole('button', { name: 'Import' }))
    await dialog.findByText('Choose a file first.')
    const file = new File(['{"version":3,"crypto":{}}'], 'key.json', { type: 'application/json' })
    fireEvent.change(dialog.getByTestId('file-input'), { target: { files: [file] } })
    await user.type(dialog.getByLabelText('Password of the file'), harnessFilePassword)
    await user.click(dialog.getByRole('button', { name: 'Import' }))
    await screen.findByText(/^Imported /)
  })

  it('finds accounts that were used, and adds those that are missing', async () => {
    const { user } = await openAccounts()
    await user.click(screen.getAllByRole('button', { name: 'Savings' })[0] ?? document.body)
    await user.click(await button('Find used accounts'))
    await user.click(await button('Search'))
    await screen.findByText('One used account is not here yet.')
    await user.click(await button('Add 1 account'))
    await screen.findByText('1 account added.')
  })

  it('removes a wallet after the password and the word that it can be restored', async () => {
    const { user, harness } = await openAccounts()
    await user.click(screen.getAllByRole('button', { name: 'Project key' })[0] ?? document.body)
    await user.click(await button('Remove wallet'))
    const dialog = within(screen.getByRole('dialog'))
    await user.type(dialog.getByLabelText('Password'), harnessPassword)
    await user.click(dialog.getByRole('button', { name: 'Remove wallet' }))
    await dialog.findByText('Tick the box to remove the wallet.')
    expect(harness.calls).not.toContain('vault.removeWallet')
    await user.click(dialog.getByLabelText('I can restore this wallet without Minato'))
    await user.type(dialog.getByLabelText('Password'), harnessPassword)
    await user.click(dialog.getByRole('button', { name: 'Remove wallet' }))
    await screen.findByText('Project key is removed.')
  })
})

describe('signing a message', () => {
  async function openDialog(options = {}) {
    const { user } = await openAccounts(options)
    await user.click(await button('Daily'))
    await user.click(await button('Sign a message'))
    return { user, dialog: within(await screen.findByRole('dialog')) }
  }

  it('asks for something to sign, and shows the signature', async () => {
    const { user, dialog } = await openDialog()
    await user.click(dialog.getByRole('button', { name: 'Continue' }))
    await dialog.findByText('There is nothing to sign yet.')
    await user.type(dialog.getByLabelText('Text to sign'), 'Hello')
    await user.click(dialog.getByRole('button', { name: 'Continue' }))
    expect((await dialog.findByTestId('signature')).textContent).toMatch(/^0x(?:5c){65}$/)
  })

  it('says that nothing was signed, and why data cannot be', async () => {
    const { user, dialog } = await openDialog({ rejectsMessages: true })
    await user.type(dialog.getByLabelText('Text to sign'), 'Hello')
    await user.click(dialog.getByRole('button', { name: 'Continue' }))
    await dialog.findByText('You rejected it. Nothing was signed.')
    await user.click(dialog.getByRole('tab', { name: 'Typed data (EIP-712)' }))
    await user.type(dialog.getByLabelText('Data to sign'), 'no json')
    await user.click(dialog.getByRole('button', { name: 'Continue' }))
    expect((await dialog.findByRole('alert')).textContent).not.toBe('')
  })
})

it('a contract that acts for an account is shown, and can be taken back', async () => {
  const { user } = await openAccounts({ isDelegated: true })
  await user.click(await button('Daily'))
  await screen.findByText(/^A contract acts for this account on /)
  await user.click(await button('Take it back'))
  await screen.findByText('You rejected it. Nothing was changed.')
})
