import { createWalletClient, erc20Abi, http, parseEther } from 'viem'
import { ACCOUNT_ADDRESSES, accountOf } from '../../devnet/index.ts'
import { expect, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { SendPage } from '../pages/SendPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

test('what others send shows in the activity, can be noted, searched and told apart from deceptions', async ({
  practice,
  devnet,
}) => {
  const { window } = practice
  const shell = new ShellPage(window)
  await expect(window.getByRole('region', { name: 'Summary' })).toContainText('Total value')

  await shell.goTo('Activity')
  const friend = createWalletClient({ account: accountOf('friend'), transport: http(devnet.rpcUrl) })
  await friend.sendTransaction({ to: ACCOUNT_ADDRESSES.practice, value: parseEther('2'), chain: null })
  const entry = window.getByRole('listitem').filter({ hasText: 'Received 2 ETH from' })
  await expect(entry).toContainText('Confirmed')

  await test.step('what it cost and what it was worth is told, and what nobody knows is not made up', async () => {
    await shell.goTo('Portfolio')
    await window.getByRole('button', { name: 'Details of Ether (ETH)' }).click()
    const details = window.getByRole('region', { name: 'Asset details' })
    await expect(details.getByRole('heading', { name: 'Cost and gain, over all accounts' })).toBeVisible()
    await expect(details).toContainText('Held at unknown cost')
    await details.getByRole('radio', { name: 'Average cost' }).click()
    await expect(details.getByRole('radio', { name: 'Average cost' })).toBeChecked()
    await expect(window.getByRole('region', { name: 'Summary' })).toContainText('Change')
    await shell.goTo('Activity')
  })

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

  await test.step('several are paid in one transaction, each of them shown before', async () => {
    const send = new SendPage(window)
    await send.open()
    await window.getByRole('radio', { name: 'To several' }).click()
    await send.form
      .getByLabel('Payments, one a line')
      .fill(`${ACCOUNT_ADDRESSES.friend}, 0.25\n${'0x1000000000000000000000000000000000c0ffee'} 0.5`)
    await send.submit()
    await expect(window.getByText('You send 0.75 ETH to 2 recipients.')).toBeVisible()
    const opening = practice.nextWindow()
    await send.continue()
    const approval = new ApprovalPage(await opening)
    await approval.expectShown()
    await expect(approval.read).toContainText('Send 0.75 ETH to 2 recipients')
    await expect(approval.read).toContainText('0.25 ETH')
    await approval.approve()
    await expect(window.getByText('The transfer is in block', { exact: false })).toBeVisible()
    await window.getByRole('button', { name: 'View in activity' }).click()
    await expect(window.getByRole('button', { name: 'Sent 0.75 ETH to 2 recipients' })).toBeVisible()
  })

  await test.step('who may take what is listed with what it puts at risk, and ended', async () => {
    const usdc = devnet.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'USDC')?.address
    if (!usdc) throw new Error('No USDC on the local chain')
    const owner = createWalletClient({ account: accountOf('practice'), transport: http(devnet.rpcUrl) })
    await owner.writeContract({
      address: usdc,
      abi: erc20Abi,
      functionName: 'approve',
      args: [ACCOUNT_ADDRESSES.friend, 2n ** 256n - 1n],
      chain: null,
    })
    await shell.goTo('Activity')
    await window.getByRole('button', { name: 'Allowances' }).click()
    const right = window.getByRole('row').filter({ hasText: 'All USDC' })
    await expect(right).toContainText('Aunt')
    await expect(right).toContainText('Plain account')
    await expect(right).toContainText(/\$[\d,]+/)
    await right.getByRole('checkbox').check()
    const opening = practice.nextWindow()
    await window.getByRole('button', { name: 'Continue' }).click()
    const approval = new ApprovalPage(await opening)
    await approval.expectShown()
    await expect(approval.read).toContainText('End a right to take your tokens')
    await approval.approve()
    await expect(window.getByText('It is in block', { exact: false })).toBeVisible()
    await window.getByRole('button', { name: 'Back to the list' }).click()
    await expect(right).toHaveCount(0)
  })

  await test.step('a contact is removed', async () => {
    await new SendPage(window).open()
    await window.getByRole('button', { name: 'Address book' }).click()
    const book = window.getByRole('dialog', { name: 'Address book' })
    await book.getByRole('button', { name: 'Remove Aunt' }).click()
    await expect(book.getByRole('button', { name: 'Send to Aunt' })).toHaveCount(0)
    await book.getByRole('button', { name: 'Close' }).first().click()
  })

  await test.step('a token list names tokens, and nothing that could be taken for a known one', async () => {
    await shell.goTo('Settings')
    await window.getByRole('tab', { name: 'Tokens' }).click()
    await window.getByRole('button', { name: 'Add list' }).click()
    const dialog = window.getByRole('dialog', { name: 'Add token list' })
    await dialog.getByRole('radio', { name: 'Text' }).click()
    const token = (symbol: string, last: string) => ({
      chainId: 31_337,
      address: `0x${last.padStart(40, '5')}`,
      symbol,
      name: symbol,
      decimals: 18,
    })
    await dialog.getByLabel('The list').fill('{"name": "Nothing"}')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByLabel('The list').fill(
      JSON.stringify({
        name: 'Harbour list',
        version: { major: 1, minor: 2, patch: 3 },
        tokens: [token('PIER', '1'), token('USDC', '2')],
      }),
    )
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    const list = window.getByRole('switch', { name: 'Use Harbour list' })
    await expect(list).toBeChecked()
    await expect(window.getByText('2 tokens, version 1.2.3')).toBeVisible()
    await expect(window.getByText(/^1 entry could be taken for a token of the built-in list/)).toBeVisible()
    await window.getByRole('button', { name: 'Remove Harbour list' }).click()
    await expect(list).toHaveCount(0)
  })
})
