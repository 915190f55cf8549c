import { expect, password, test } from '../fixtures.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'
import { UnlockPage } from '../pages/UnlockPage.ts'

/** The first account of the phrase that BIP-39 prints for entropy 0x7f…, at m/44'/60'/0'/0/0. */
const publishedPhrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const publishedAddress = '0x58A57ed9d8d624cBD12e2C467D34787555bB1b25'

test('creates a wallet: words shown, repeated, protected, kept; then locks and unlocks', async ({
  machine,
}) => {
  const { app, window } = await machine.launch()
  const onboarding = new OnboardingPage(window)
  await onboarding.choose('Create a new wallet')
  const words = await onboarding.makePhrase(24)
  expect(new Set(words).size).toBeGreaterThan(12)

  await test.step('a wrong word is refused', async () => {
    await onboarding.repeatWords(words.toReversed())
    await expect(window.getByText(/^That is not word \d+/).first()).toBeVisible()
  })
  await onboarding.repeatWords(words)
  await onboarding.choosePassword(password)
  const kit = await onboarding.keepRecoveryKit()
  expect(kit).toMatch(/^[A-Z0-9-]{40,}$/i)
  await onboarding.openWallet()

  const shell = new ShellPage(window)
  const unlock = new UnlockPage(window)
  await shell.lock()
  await unlock.expectShown()
  await expect(window.getByText('Portfolio')).toHaveCount(0)

  await test.step('a wrong password says so and opens nothing', async () => {
    await unlock.unlock('not the password')
    await expect(unlock.alert).toContainText('That password is not right')
  })
  await unlock.unlock(password)
  await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()

  await test.step('the shortcut locks, and so does the first touch after a time without use', async () => {
    await window.keyboard.press('Control+l')
    await unlock.expectShown()
    await unlock.unlock(password)
    await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
    await app.evaluate(() => {
      const now = Date.now
      // As after a night asleep: timers stood still, the clock went on.
      Date.now = () => now() + 8 * 60 * 60_000
    })
    // Use is told every few seconds at most: the next that is told finds the time passed.
    await expect
      .poll(async () => {
        await window.mouse.move(640, 400)
        await window.mouse.move(641, 401)
        return window.getByRole('heading', { name: 'Welcome back' }).isVisible()
      })
      .toBe(true)
  })
})

test('imports a published phrase: refuses it with a typing error, finds its published address, and takes it once', async ({
  machine,
}) => {
  const { window } = await machine.launch()
  const onboarding = new OnboardingPage(window)
  await onboarding.choose('I have a recovery phrase')

  await test.step('a wrong checksum', async () => {
    await onboarding.typePhrase(publishedPhrase.replace(/yellow$/, 'zoo'))
    await onboarding.choosePassword(password)
    await expect(window.getByText(/do not fit together/).first()).toBeVisible()
  })
  await onboarding.typePhrase(publishedPhrase)
  await onboarding.choosePassword(password)
  await onboarding.keepRecoveryKit()
  await onboarding.openWallet()
  await window.getByRole('button', { name: 'Receive', exact: true }).first().click()
  await expect(window.getByRole('img', { name: /^QR code of the address/ })).toBeVisible()
  const shown = (await window.getByRole('main').innerText()).replaceAll(/\s/g, '')
  expect(shown).toContain(publishedAddress)

  await test.step('a second time', async () => {
    const accounts = new AccountsPage(window)
    await accounts.open()
    await accounts.openImport('Phrase')
    await accounts.dialog.getByLabel('Recovery phrase').fill(publishedPhrase)
    await accounts.dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(accounts.dialog.getByRole('alert')).toContainText('This wallet is already here')
  })
})
