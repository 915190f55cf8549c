import { createWalletClient, http, parseEther } from 'viem'
import { ACCOUNT_ADDRESSES, accountOf } from '../../devnet/index.ts'
import { expect, password, test } from '../fixtures.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { SendPage } from '../pages/SendPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

test('what others send shows in the activity, can be noted, searched and told apart from deceptions', async ({
  machine,
  devnet,
}) => {
  const { window } = await machine.launch()
  await new OnboardingPage(window).beginPractice(password)
  const shell = new ShellPage(window)
  await expect(shell.holding('USDC').first()).toBeVisible()
  await expect(window.getByRole('region', { name: 'Summary' })).toContainText('Total value')

  await shell.goTo('Activity')
  const friend = createWalletClient({ account: accountOf('friend'), transport: http(devnet.rpcUrl) })
  await friend.sendTransaction({ to: ACCOUNT_ADDRESSES.practice, value: parseEther('2'), chain: null })
  const entry = window.getByRole('listitem').filter({ hasText: 'Received 2 ETH from' })
  await expect(entry).toContainText('Confirmed')

  await test.step('a note is kept, and found', async () => {
    await entry.getByRole('button').click()
    await window.getByLabel('Note', { exact: true }).fill('rent for May')
    await window.getByRole('button', { name: 'Save note' }).click()
    await expect(window.getByText('Saved.')).toBeVisible()
    await window.getByRole('searchbox', { name: /^Search tokens/ }).fill('rent')
    await expect(window.getByRole('list', { name: 'Activity' }).getByRole('listitem')).toHaveCount(1)
  })

  await test.step('a token that borrows a known name is set aside', async () => {
    await window.getByRole('searchbox', { name: /^Search tokens/ }).fill('')
    await window.getByRole('button', { name: /set aside/ }).click()
    const fake = window.getByRole('listitem').filter({ hasText: 'Suspicious' }).first()
    await fake.getByRole('button').click()
    await expect(window.getByText('This token borrows the name of a known one.')).toBeVisible()
  })

  await test.step('a saved contact is named, and an address made to look like it is caught', async () => {
    const send = new SendPage(window)
    await send.open()
    await window.getByRole('button', { name: 'Address book' }).click()
    const book = window.getByRole('dialog', { name: 'Address book' })
    await book.getByLabel('Name', { exact: true }).fill('Aunt')
    await book.getByLabel('Address or ENS name').fill(ACCOUNT_ADDRESSES.friend)
    await book.getByRole('button', { name: 'Save', exact: true }).click()
    await book.getByRole('button', { name: 'Send to Aunt' }).click()
    await send.chooseAsset('ETH')
    await expect(window.getByText('Aunt', { exact: false }).first()).toBeVisible()
    const digits = ACCOUNT_ADDRESSES.friend.slice(2).toLowerCase()
    await send.form
      .getByLabel('Recipient')
      .fill(`0x${digits.slice(0, 5)}${'7'.repeat(30)}${digits.slice(-5)}`)
    await expect(window.getByText(/looks like one that you know, and is another one/)).toBeVisible()
  })
})
