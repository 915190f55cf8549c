import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { mnemonicToSeedSync } from '@scure/bip39'
import { bytesToHex, hexToBytes } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { expect, password, test } from '../fixtures.ts'
import { listProcesses } from '../listProcesses.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { keepKit } from '../pages/keepKit.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { UnlockPage } from '../pages/UnlockPage.ts'
import { readHeap } from '../readHeap.ts'
import { readMain } from '../readMain.ts'
import { saveInto } from '../saveInto.ts'

/** The second key that anvil and Hardhat print. */
const importedKey = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d'

/** Whether the main window is out of screenshots now, as the app has told the system. */
function followProtection(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const told = globalThis as unknown as { isProtected?: boolean }
    if (!window) return
    window.setContentProtection = (isOn) => {
      told.isProtected = isOn
    }
  })
}
const isProtected = (app: ElectronApplication) =>
  readMain(app, () => (globalThis as unknown as { isProtected?: boolean }).isProtected ?? false)

/** What Linux allows main and the signer to dump; the browser's own processes see to themselves. */
async function readCoreLimits(root: number): Promise<string[]> {
  const holders = (await listProcesses(root)).filter(({ pid, command }) => pid === root || isNode(command))
  const limits = await Promise.all(holders.map(({ pid }) => readFile(`/proc/${pid}/limits`, 'utf8')))
  return limits.map((text) => text.split('\n').find((line) => line.startsWith('Max core')) ?? '')
}

/** Electron's utility processes with Node in them, and the stand-in's. */
const isNode = (command: string) =>
  /--utility-sub-type=node/.test(command) || /^\S*node\s(?!.*--type=)/.test(command)

test('secrets are covered, kept out of screenshots, taken off the clipboard, and leave no trace in the window', async ({
  machine,
}) => {
  const { app, window } = await machine.launch()
  await followProtection(app)
  await saveInto(app, machine.profile)
  const onboarding = new OnboardingPage(window)
  const list = window.getByRole('list', { name: 'Recovery words' })

  const words = await test.step('the words of a new phrase', async () => {
    await onboarding.choose('Create a new wallet')
    await window.getByRole('button', { name: 'Create recovery phrase' }).click()
    await expect(list).toContainText('·····')
    expect(await isProtected(app)).toBe(false)
    await window.getByRole('button', { name: 'Reveal the words' }).click()
    await expect.poll(() => isProtected(app)).toBe(true)
    const shown = await list.getByRole('listitem').allTextContents()
    await window.evaluate("window.dispatchEvent(new Event('blur'))")
    await expect(window.getByText('The words were covered because the window lost focus.')).toBeVisible()
    await expect(list).not.toContainText(shown[0] ?? '')
    await expect.poll(() => isProtected(app)).toBe(false)
    await window.getByRole('button', { name: 'I have written them down' }).click()
    return shown
  })
  const phrase = words.join(' ')
  await onboarding.repeatWords(words)
  await onboarding.choosePassword(password)

  const kit = await test.step('the recovery kit, as PDF', async () => {
    await expect.poll(() => isProtected(app)).toBe(true)
    await window.getByRole('button', { name: 'Save as PDF' }).click()
    await expect(window.getByText('Saved', { exact: true })).toBeVisible()
    const pdf = await readFile(join(machine.profile, 'Minato recovery kit.pdf'), 'latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    // The printer's own dialog belongs to the system; what is given to it is what the PDF was made of.
    await window.evaluate('window.print = () => { window.printed = (window.printed ?? 0) + 1 }')
    await window.getByRole('button', { name: 'Print', exact: true }).click()
    await expect.poll(() => window.evaluate('window.printed')).toBe(1)
    await window.evaluate("window.dispatchEvent(new Event('blur'))")
    await expect(window.getByTestId('recovery-kit-code')).toHaveCount(0)
    await expect.poll(() => isProtected(app)).toBe(false)
    await window.getByRole('button', { name: 'Show it again' }).click()
    return keepKit(window)
  })
  await onboarding.openWallet()

  const accounts = new AccountsPage(window)
  await test.step('a key that is brought and revealed', async () => {
    await accounts.open()
    await accounts.openImport('Private key')
    await accounts.dialog.getByRole('textbox', { name: 'Private key' }).fill(importedKey)
    await accounts.dialog.getByLabel('Name (optional)').fill('Single key')
    await accounts.dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(accounts.dialog).toHaveCount(0)
    await accounts.accountsOf('Single key').first().getByRole('button').last().click()
    await accounts.details.getByRole('button', { name: 'Reveal the private key' }).click()
    expect(await accounts.reveal(password)).toBe(importedKey)
  })

  const unlock = new UnlockPage(window)
  const clipboard = () => readMain(app, ({ clipboard: system }) => system.readText())
  for (const event of ['suspend', 'lock-screen', 'user-did-resign-active', 'asked'] as const) {
    await test.step(`the clipboard and the lock at ${event}`, async () => {
      await accounts.open()
      await accounts.chooseWallet('Wallet 1')
      await accounts.details.getByRole('button', { name: 'Reveal the recovery phrase' }).click()
      await accounts.dialog.getByLabel('Password', { exact: true }).fill(password)
      await accounts.dialog.getByRole('button', { name: 'Reveal', exact: true }).click()
      await accounts.dialog.getByRole('button', { name: 'Copy', exact: true }).click()
      await expect.poll(clipboard).toBe(phrase)
      await app.evaluate(({ powerMonitor }, name) => {
        // A Linux desktop tells of a locked screen only when it is asked.
        if (name === 'asked') powerMonitor.getSystemIdleState = () => 'locked'
        else powerMonitor.emit(name)
      }, event)
      await unlock.expectShown()
      await expect.poll(clipboard).toBe('')
      await expect.poll(() => isProtected(app)).toBe(false)
      await app.evaluate(({ powerMonitor }) => {
        powerMonitor.getSystemIdleState = () => 'active'
      })
      await unlock.unlock(password)
      await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
    })
  }

  const { privateKey } = mnemonicToAccount(phrase).getHdKey()
  await test.step('the heap of the window', async () => {
    await window.evaluate(() => Object.assign(globalThis, { control: ['minato heap', 'control'].join(' ') }))
    const heap = await readHeap(window)
    // The search finds what is there: else it would find nothing in anything.
    expect(heap.includes('minato heap control')).toBe(true)
    const secrets = {
      'the beginning of the phrase': words.slice(0, 2).join(' '),
      'the end of the phrase': words.slice(-2).join(' '),
      seed: bytesToHex(mnemonicToSeedSync(phrase)).slice(2),
      'account key': bytesToHex(privateKey ?? new Uint8Array()).slice(2),
      'imported key': importedKey.slice(2),
      'recovery kit': kit.slice('MINATO1'.length, 'MINATO1'.length + 12),
      password,
    }
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, name).toBeGreaterThan(5)
      expect(heap.includes(secret), name).toBe(false)
    }
    // Many words of the list are also names in any program ("length", "update"), so that several of a phrase are found by
    // chance; the phrase is there when all of them are.
    const left = words.filter((word) => heap.includes(`"${word}"`))
    expect(left.length, left.join()).toBeLessThan(words.length - 1)
  })

  await test.step('no core dump of main or of the signer, should they crash', async () => {
    if (process.platform !== 'linux') return
    const limits = await readCoreLimits(app.process().pid ?? 0)
    expect(limits.length).toBeGreaterThanOrEqual(2)
    for (const limit of limits) expect(limit).toMatch(/^Max core file size\s+0\s+0\s/)
  })

  await test.step('every file of the profile: vault, database, logs, the browser’s own', async () => {
    const names = await readdir(machine.profile, { recursive: true, withFileTypes: true })
    const files = names.filter((entry) => entry.isFile())
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['vault.minato', 'minato.sqlite', 'Minato recovery kit.pdf']),
    )
    const secrets = [
      ...[words.slice(0, 3).join(' '), words.slice(-3).join(' '), password, importedKey.slice(2)],
      bytesToHex(privateKey ?? new Uint8Array()).slice(2),
      Buffer.from(privateKey ?? new Uint8Array()).toString('latin1'),
      Buffer.from(hexToBytes(importedKey)).toString('latin1'),
      Buffer.from(mnemonicToSeedSync(phrase)).toString('latin1'),
    ]
    for (const { name, parentPath } of files) {
      const content = await readFile(join(parentPath, name), 'latin1')
      for (const [index, secret] of secrets.entries()) {
        expect(content.includes(secret), `secret ${index} in ${name}`).toBe(false)
      }
    }
  })
})
