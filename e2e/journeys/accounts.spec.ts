import { expect, password, test } from '../fixtures.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { UnlockPage } from '../pages/UnlockPage.ts'

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
  await new OnboardingPage(first.window).beginPractice(password)
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
