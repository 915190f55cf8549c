import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { entropyToMnemonic, mnemonicToSeedSync } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/japanese.js'
import { HDKey, hdKeyToAccount } from 'viem/accounts'
import { ACCOUNT_ADDRESSES } from '../../devnet/index.ts'
import { expect, password, test } from '../fixtures.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'
import { UnlockPage } from '../pages/UnlockPage.ts'
import { saveInto } from '../saveInto.ts'

/** The key that anvil and Hardhat print for their first account, and its address. */
const publishedKey = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const publishedKeyAddress = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
/** BIP-39's phrase of zeros; its first account in the standard paths. */
const publishedPhrase =
  'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about'
const publishedPhraseAddress = '0x9858EfFD232B4033E47d90003D41EC34EcaEda94'

test('brings a phrase, a key and an address, and keeps names, order and hiding over a restart', async ({
  machine,
}) => {
  const first = await machine.launch()
  await new OnboardingPage(first.window).openPractice(password)
  const accounts = new AccountsPage(first.window)
  await accounts.open()

  await test.step('a phrase', async () => {
    await accounts.openImport('Phrase')
    await accounts.dialog.getByLabel('Recovery phrase').fill(publishedPhrase)
    await accounts.finishImport('Paper')
    await expect(accounts.accountsOf('Paper').first()).toContainText(publishedPhraseAddress.slice(0, 6))
  })
  await test.step('a private key, which comes out again as it went in', async () => {
    await accounts.openImport('Private key')
    await accounts.dialog.getByRole('textbox', { name: 'Private key' }).fill(publishedKey)
    await accounts.dialog.getByLabel('Name (optional)').fill('Single key')
    await accounts.dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(accounts.dialog).toHaveCount(0)
    await accounts.accountsOf('Single key').first().getByRole('button').last().click()
    await expect(accounts.details).toContainText(publishedKeyAddress.slice(2, 6))
    await accounts.details.getByRole('button', { name: 'Reveal the private key' }).click()
    expect(await accounts.reveal(password)).toBe(publishedKey)
  })
  await test.step('an address without a key', async () => {
    await accounts.openImport('Watch only')
    await accounts.dialog.getByLabel('Address or ENS name').fill('0x58A57ed9d8d624cBD12e2C467D34787555bB1b25')
    await accounts.finishImport('A friend', 'Watch')
    await expect(accounts.accountsOf('A friend').first()).toContainText('Watch only')
  })
  await test.step('an ENS name, kept as the address that it leads to', async () => {
    await accounts.openImport('Watch only')
    await accounts.dialog.getByLabel('Address or ENS name').fill('hana.eth')
    await accounts.finishImport('Hana', 'Watch')
    await expect(accounts.accountsOf('Hana').first()).toContainText(ACCOUNT_ADDRESSES.friend.slice(0, 6))
  })
  await test.step('a Japanese phrase with a passphrase, counted as Ledger Live does', async () => {
    const japanese = entropyToMnemonic(new Uint8Array(16).fill(0x7f), wordlist)
    const seed = mnemonicToSeedSync(japanese.normalize('NFKD'), '灯台')
    const { address } = hdKeyToAccount(HDKey.fromMasterSeed(seed), { path: "m/44'/60'/1'/0/0" })
    await accounts.openImport('Phrase')
    await accounts.dialog.getByLabel('Recovery phrase').fill(japanese.normalize('NFC'))
    await accounts.dialog.getByText('Advanced: passphrase and paths').click()
    await accounts.dialog.getByLabel('Passphrase (25th word)').fill('灯台')
    await accounts.dialog.getByLabel('Repeat the passphrase').fill('灯台')
    await accounts.dialog.getByLabel('Path style').selectOption({ label: 'Ledger Live' })
    await accounts.finishImport('港')
    await first.window.getByRole('button', { name: 'Add account to 港' }).click()
    await accounts.dialog.getByRole('button', { name: 'Add account' }).click()
    await expect(accounts.accountsOf('港')).toHaveCount(2)
    await accounts.accountsOf('港').last().getByRole('button').last().click()
    await expect(accounts.details).toContainText(address.slice(2, 6))
    await expect(accounts.details).toContainText("m/44'/60'/1'/0/0")

    await accounts.details.getByRole('radio', { name: 'Violet' }).click({ force: true })
    await expect(accounts.details.getByRole('radio', { name: 'Violet' })).toBeChecked()
    await accounts.details.getByText('Hide this account').click()
    await expect(accounts.accountsOf('港')).toHaveCount(1)
    await first.window.getByText('Show 1 hidden account').click()
    await expect(accounts.accountsOf('港')).toHaveCount(2)
  })
  await test.step('another account, moved up and renamed', async () => {
    await first.window.getByRole('button', { name: 'Add account to Paper' }).click()
    await accounts.dialog.getByLabel('Account name (optional)').fill('Second')
    await accounts.dialog.getByRole('button', { name: 'Add account' }).click()
    await expect(accounts.accountsOf('Paper')).toHaveCount(2)
    await first.window.getByRole('button', { name: 'Move Second' }).press('ArrowUp')
    await expect(accounts.accountsOf('Paper').first()).toContainText('Second')
    await accounts.chooseAccount('Paper', 'Second')
    await accounts.details.getByLabel('Account name').fill('Groceries')
    await accounts.details.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(accounts.accountsOf('Paper').first()).toContainText('Groceries')
  })
  await first.close()

  const { window } = await machine.launch()
  await new UnlockPage(window).unlock(password)
  const again = new AccountsPage(window)
  await again.open()
  await expect(again.accountsOf('Paper').first()).toContainText('Groceries')
  // Hidden over the restart too.
  await expect(again.accountsOf('港')).toHaveCount(1)
  await again.chooseWallet('Paper')
  await again.details.getByRole('button', { name: 'Reveal the recovery phrase' }).click()
  expect(await again.reveal(password)).toBe(publishedPhrase)

  await test.step('a wallet is removed after the password', async () => {
    await again.chooseWallet('A friend')
    await again.details.getByRole('button', { name: 'Remove wallet' }).click()
    await again.dialog.getByLabel('Password', { exact: true }).fill(password)
    await again.dialog.getByRole('button', { name: 'Remove wallet' }).click()
    await expect(again.accountsOf('A friend')).toHaveCount(0)
  })
})

test('a keystore file goes out and in, used accounts are found, protection and password change', async ({
  machine,
}) => {
  const { app, window } = await machine.launch()
  await saveInto(app, machine.profile)
  await new OnboardingPage(window).openPractice(password)
  const accounts = new AccountsPage(window)
  await accounts.open()

  await test.step('a keystore file', async () => {
    await accounts.openImport('Private key')
    await accounts.dialog.getByRole('textbox', { name: 'Private key' }).fill(publishedKey)
    await accounts.finishImport('Single key')
    await accounts.accountsOf('Single key').first().getByRole('button').last().click()
    await accounts.details.getByRole('button', { name: 'Save as a keystore file' }).click()
    await accounts.dialog.getByLabel('Password of the file').fill('a password for the file')
    await accounts.dialog.getByLabel('Repeat the password').fill('a password for the file')
    await accounts.dialog.getByLabel('Password', { exact: true }).fill(password)
    await accounts.dialog.getByRole('button', { name: 'Save the file' }).click()
    await expect(accounts.dialog.getByText(/^Saved as /)).toBeVisible()
    await accounts.dialog.getByRole('button', { name: 'Close' }).first().click()
    const name = (await readdir(machine.profile)).find((entry) => entry.startsWith('UTC--')) ?? ''

    await accounts.chooseWallet('Single key')
    await accounts.details.getByRole('button', { name: 'Remove wallet' }).click()
    await accounts.dialog.getByText('I can restore this wallet without Minato').click()
    await accounts.dialog.getByLabel('Password', { exact: true }).fill(password)
    await accounts.dialog.getByRole('button', { name: 'Remove wallet' }).click()
    await expect(accounts.accountsOf('Single key')).toHaveCount(0)

    await accounts.openImport('Keystore')
    await accounts.dialog.getByTestId('file-input').setInputFiles(join(machine.profile, name))
    await accounts.dialog.getByLabel('Password of the file').fill('a password for the file')
    await accounts.finishImport('From a file')
    await expect(accounts.accountsOf('From a file').first()).toContainText(publishedKeyAddress.slice(0, 6))
  })

  await test.step('accounts that the chain knows', async () => {
    // The local chain has funded the first accounts of this phrase.
    await accounts.openImport('Phrase')
    await accounts.dialog
      .getByLabel('Recovery phrase')
      .fill('test test test test test test test test test test test junk')
    await accounts.finishImport('Everybody’s')
    const before = await accounts.accountsOf('Everybody’s').count()
    await accounts.details.getByRole('button', { name: 'Find used accounts' }).click()
    await accounts.dialog.getByRole('button', { name: 'Search' }).click()
    await accounts.dialog.getByRole('button', { name: /^Add \d+ accounts?$/ }).click()
    await expect(accounts.dialog).toHaveCount(0)
    expect(await accounts.accountsOf('Everybody’s').count()).toBeGreaterThan(before)
  })

  await test.step('the password alone, and another one', async () => {
    await new ShellPage(window).goTo('Settings')
    await window.getByRole('tab', { name: 'Security' }).click()
    await window.getByRole('button', { name: 'Use the password alone' }).click()
    const dialog = window.getByRole('dialog')
    await dialog.getByLabel('Password', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: 'Use the password alone' }).click()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await window.getByLabel('Current password').fill(password)
    await window.getByLabel('New password').fill('quite another password')
    await window.getByLabel('Repeat the password').fill('quite another password')
    await window.getByRole('button', { name: 'Change password' }).click()
    await expect(window.getByText('The password is changed.')).toBeVisible()
    await new ShellPage(window).lock()
    const unlock = new UnlockPage(window)
    await unlock.unlock(password)
    await expect(unlock.alert).toContainText('That password is not right')
    await unlock.unlock('quite another password')
    await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
  })
})
