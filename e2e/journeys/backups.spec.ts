import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, password, test } from '../fixtures.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { BackupsPage } from '../pages/BackupsPage.ts'
import { keepKit } from '../pages/keepKit.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { UnlockPage } from '../pages/UnlockPage.ts'
import { saveInto } from '../saveInto.ts'

const backupPassword = 'a long password for the file'
const otherPassword = 'another machine, another password'
const publishedPhrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const otherPhrase =
  'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about'

test('shares and a backup file are made and checked, and each restores on a new machine', async ({
  machine,
  makeMachine,
}) => {
  const first = await machine.launch()
  const beginning = new OnboardingPage(first.window)
  await beginning.choose('I have a recovery phrase')
  await beginning.typePhrase(publishedPhrase)
  await beginning.choosePassword(password)
  await beginning.keepRecoveryKit()
  await beginning.openWallet()
  const backups = new BackupsPage(first.window)
  const unchecked = first.window.getByText('Never checked')

  const shares = await test.step('shares, shown one at a time', async () => {
    await backups.open()
    await expect(unchecked).toHaveCount(1)
    const made = await backups.makeShares(password)
    expect(new Set(made).size).toBe(3)
    await backups.startCheck('Shares')
    await backups.dialog.getByLabel('Share 1', { exact: true }).fill(made[2] ?? '')
    await backups.dialog.getByLabel('Share 2', { exact: true }).fill(made[0] ?? '')
    await backups.finishCheck()
    await expect(unchecked).toHaveCount(0)
    return made
  })

  const file = await test.step('a file of several wallets', async () => {
    const accounts = new AccountsPage(first.window)
    await accounts.open()
    await accounts.openImport('Watch only')
    await accounts.dialog.getByLabel('Address or ENS name').fill('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266')
    await accounts.finishImport('A friend', 'Watch')
    await accounts.openImport('Phrase')
    await accounts.dialog.getByLabel('Recovery phrase').fill(otherPhrase)
    await accounts.finishImport('Paper')

    await saveInto(first.app, machine.profile)
    await backups.open()
    await expect(unchecked).toHaveCount(1)
    await backups.saveFile(password, backupPassword)
    const name = (await readdir(machine.profile)).find((entry) => entry.includes('backup'))
    expect(name).toBeDefined()
    const path = join(machine.profile, name ?? '')
    await backups.startCheck('Backup file')
    await backups.dialog.getByTestId('file-input').setInputFiles(path)
    await backups.dialog.getByLabel('Password of the backup').fill(backupPassword)
    await backups.finishCheck()
    await expect(unchecked).toHaveCount(0)
    await expect(first.window.getByText(/^Checked on /)).toHaveCount(3)
    return path
  })
  await first.close()

  await test.step('two shares on a new machine', async () => {
    const { window, close } = await (await makeMachine()).launch()
    const onboarding = new OnboardingPage(window)
    await onboarding.choose('I have a backup file or shares')
    await window.getByRole('radio', { name: 'Shares' }).check({ force: true })
    await window.getByLabel('Share 1', { exact: true }).fill(shares[0] ?? '')
    await window.getByLabel('Share 2', { exact: true }).fill(shares[1] ?? '')
    await window.getByRole('button', { name: 'Continue' }).click()
    await onboarding.choosePassword(otherPassword)
    await onboarding.keepRecoveryKit()
    await onboarding.openWallet()
    await new AccountsPage(window).open()
    await expect(window.getByText('0x58A5…1b25')).toBeVisible()
    await close()
  })

  await test.step('the file on another, after a wrong password', async () => {
    const { window } = await (await makeMachine()).launch()
    const onboarding = new OnboardingPage(window)
    await onboarding.choose('I have a backup file or shares')
    const open = async (itsPassword: string) => {
      await window.getByTestId('file-input').setInputFiles(file)
      await window.getByLabel('Password of the backup').fill(itsPassword)
      await window.getByRole('button', { name: 'Continue' }).click()
      await onboarding.choosePassword(otherPassword)
    }
    await open('not this one')
    await expect(window.getByRole('alert')).toContainText('This password does not open the backup')
    await open(backupPassword)
    await onboarding.keepRecoveryKit()
    await onboarding.openWallet()
    const restored = new AccountsPage(window)
    await restored.open()
    await expect(restored.accountsOf('A friend')).toHaveCount(1)
    await expect(restored.accountsOf('Paper')).toHaveCount(1)
    await expect(window.getByText('0x58A5…1b25')).toBeVisible()
  })
})

test('a new recovery kit takes the place of the old one, here and for the wallet file on a new machine', async ({
  machine,
  makeMachine,
}) => {
  const first = await machine.launch()
  const oldKit = await new OnboardingPage(first.window).beginPractice(password)
  const accounts = new AccountsPage(first.window)
  await accounts.open()
  await accounts.openImport('Phrase')
  await accounts.dialog.getByLabel('Recovery phrase').fill(publishedPhrase)
  await accounts.finishImport('Paper')
  await expect(first.window.getByText('One wallet has no checked backup')).toBeVisible()
  const backups = new BackupsPage(first.window)
  await backups.open()
  const file = join(machine.profile, 'vault', 'vault.minato')
  await expect(first.window.getByText(file)).toBeVisible()
  await first.window.getByRole('button', { name: 'Make a new kit' }).click()
  await backups.dialog.getByLabel('Password', { exact: true }).fill(password)
  await backups.dialog.getByRole('button', { name: 'Make a new kit' }).click()
  const newKit = await keepKit(backups.dialog)
  expect(newKit).not.toBe(oldKit)
  await expect(backups.dialog.getByText('The new kit is right')).toBeVisible()
  await first.close()

  const other = await makeMachine()
  await test.step('where the keychain is another', async () => {
    const { window, close } = await machine.launch({ env: other.secretService.clientEnvironment })
    const unlock = new UnlockPage(window)
    await unlock.unlock(password, oldKit)
    await expect(unlock.alert).toContainText('another wallet or backup')
    await window.reload()
    await unlock.unlock(password, newKit)
    await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
    await close()
  })

  const { window } = await other.launch()
  const onboarding = new OnboardingPage(window)
  await onboarding.choose('I have a backup file or shares')
  const take = async (code: string) => {
    await window.getByTestId('file-input').setInputFiles(file)
    await window.getByLabel('Password of the backup').fill(password)
    await window.getByLabel('Code on paper, if there is one').fill(code)
    await window.getByRole('button', { name: 'Continue' }).click()
    await onboarding.choosePassword(otherPassword)
  }
  await test.step('without its kit the file says what is missing', async () => {
    await take('')
    await expect(window.getByRole('alert')).toContainText('of a wallet file its recovery kit')
  })
  await take(newKit)
  expect(await onboarding.keepRecoveryKit()).not.toBe(newKit)
  await onboarding.openWallet()
  const restored = new AccountsPage(window)
  await restored.open()
  await restored.chooseWallet('Paper')
  await restored.details.getByRole('button', { name: 'Reveal the recovery phrase' }).click()
  expect(await restored.reveal(otherPassword)).toBe(publishedPhrase)
})
