// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import {
  harnessBackupMark,
  harnessFilePassword,
  harnessPassword,
  harnessPhrase,
  harnessShares,
} from '../../harness/createHarnessVault.ts'
import { renderWithHarness } from '../../harness/renderWithHarness.tsx'

afterEach(cleanup)
const button = (name: string | RegExp) => screen.findByRole('button', { name })

async function openBackups() {
  const rendered = renderWithHarness('main', { hasManyWallets: true })
  await screen.findByText('2 wallets have no checked backup')
  await rendered.user.click(await button('Backups'))
  await screen.findByRole('heading', { name: 'Backups', level: 1 })
  return rendered
}

describe('the backups screen', () => {
  it('saves an encrypted file under a password of its own', async () => {
    const { user, harness } = await openBackups()
    await user.click(await button('Save a backup file'))
    const dialog = within(screen.getByRole('dialog'))
    await user.type(dialog.getByLabelText('Password of the backup'), harnessFilePassword)
    await user.type(dialog.getByLabelText('Repeat the password'), 'another one')
    await user.type(dialog.getByLabelText('Password'), harnessPassword)
    await user.click(dialog.getByRole('button', { name: 'Save the file' }))
    await dialog.findByText('The two passwords differ. Type both again.')
    await user.clear(dialog.getByLabelText('Repeat the password'))
    await user.type(dialog.getByLabelText('Repeat the password'), harnessFilePassword)
    await user.type(dialog.getByLabelText('Password'), harnessPassword)
    await user.click(dialog.getByRole('button', { name: 'Save the file' }))
    await dialog.findByText(/^Saved as minato-/)
    expect([...harness.savedFiles.keys()]).toHaveLength(1)
  })

  it('names the token lists that are too large for it', async () => {
    const { user, harness } = await openBackups()
    await harness.mainApi.tokens.addList({ origin: 'pasted', text: `{${' '.repeat(1_000_000)}}` })
    await user.click(await button('Save a backup file'))
    await within(screen.getByRole('dialog')).findByText(/too large for a backup .*: Added list\./)
  })

  it('shows shares one at a time', async () => {
    const { user } = await openBackups()
    await user.click(await button('Split a phrase into shares'))
    const dialog = within(screen.getByRole('dialog'))
    await user.type(dialog.getByLabelText('Password'), harnessPassword)
    await user.click(dialog.getByRole('button', { name: 'Make the shares' }))
    for (const index of [1, 2, 3]) {
      await dialog.findByRole('heading', { name: `Share ${index} of 3` })
      expect(screen.getAllByTestId('share')).toHaveLength(1)
      expect(screen.getByTestId('share').textContent).toContain(`share${index}`)
      await user.click(
        dialog.getByRole('button', { name: index < 3 ? 'Next share' : 'All are written down' }),
      )
    }
    await dialog.findByText(/^The shares are made/)
    expect(document.body.textContent).not.toContain('academic')
  })

  it('has a new kit typed back before it calls it right', async () => {
    const { user } = await openBackups()
    await user.click(await button('Make a new kit'))
    const dialog = within(screen.getByRole('dialog'))
    await user.type(dialog.getByLabelText('Password'), harnessPassword)
    await user.click(dialog.getByRole('button', { name: 'Make a new kit' }))
    const code = [...(await dialog.findByTestId('recovery-kit-code')).children].map(
      (group) => group.textContent,
    )
    await user.click(dialog.getByRole('button', { name: 'I have written it down' }))
    const asked = dialog.getAllByLabelText(/^Group \d+$/)
    expect(asked).toHaveLength(3)
    await user.click(dialog.getByRole('button', { name: 'Check the code' }))
    expect(dialog.getAllByText(/^That is not group/)).toHaveLength(3)
    for (const field of asked) {
      const position = Number(field.getAttribute('name')?.slice('group-'.length))
      expect(position).toBeGreaterThan(1)
      await user.type(field, ` ${code[position - 1]?.toLowerCase()}`)
    }
    await user.click(dialog.getByRole('button', { name: 'Check the code' }))
    await dialog.findByText(/^The new kit is right/)
  })

  it('proves that phrase, shares and file work, and the reminder goes when all are checked', async () => {
    const { user } = await openBackups()
    await user.click(await button('Check a backup'))
    const dialog = within(screen.getByRole('dialog'))
    const submit = () => user.click(dialog.getByRole('button', { name: 'Check the backup' }))
    await user.type(dialog.getByLabelText('Recovery phrase'), harnessPhrase)
    await submit()
    await dialog.findByText('It restores Savings.')
    expect((dialog.getByLabelText('Recovery phrase') as HTMLTextAreaElement).value).toBe('')

    await user.click(dialog.getByRole('tab', { name: 'Shares' }))
    await user.type(dialog.getByLabelText('Share 1'), harnessShares[0])
    await submit()
    await dialog.findByText(/^These shares are not enough/)
    await user.type(dialog.getByLabelText('Share 2'), harnessShares[2])
    await submit()
    await dialog.findByText('It restores Savings.')

    await user.click(dialog.getByRole('tab', { name: 'Backup file' }))
    const file = new File([harnessBackupMark], 'minato.minato-backup')
    fireEvent.change(dialog.getByTestId('file-input'), { target: { files: [file] } })
    await user.type(dialog.getByLabelText('Password of the backup'), harnessFilePassword)
    await submit()
    await dialog.findByText(/^It restores Savings and From the Ledger\./)
    await dialog.findByText(/^It does not hold Project key\./)
    await user.click(dialog.getAllByRole('button', { name: 'Close' })[0] ?? document.body)
    await waitFor(() => expect(screen.getAllByText(/^Checked on/)).toHaveLength(2))
  })
})
