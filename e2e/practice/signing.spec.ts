import { createPublicClient, createWalletClient, http, recoverMessageAddress, zeroAddress } from 'viem'
import { foundry } from 'viem/chains'
import { ACCOUNT_ADDRESSES, accountOf } from '../../devnet/index.ts'
import { expect, test } from '../fixtures.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

const owner = accountOf('practice')

test('signs a message, and takes a delegation back', async ({ practice, devnet }) => {
  const { window } = practice
  const accounts = new AccountsPage(window)
  await accounts.open()
  const account = window
    .getByRole('list', { name: /^Accounts of / })
    .getByRole('listitem')
    .first()
  await account.getByRole('button').last().click()

  await test.step('a message', async () => {
    await accounts.details.getByRole('button', { name: 'Sign a message' }).click()
    await accounts.dialog.getByLabel('Text to sign').fill('I own this account.')
    const opening = practice.nextWindow()
    await accounts.dialog.getByRole('button', { name: 'Continue' }).click()
    const approval = new ApprovalPage(await opening)
    await expect(approval.read).toContainText('I own this account.')
    await approval.approve()
    const signature = await accounts.dialog.getByTestId('signature').innerText()
    expect(
      await recoverMessageAddress({ message: 'I own this account.', signature: signature as `0x${string}` }),
    ).toBe(owner.address)
    await accounts.dialog.getByRole('button', { name: 'Close' }).first().click()
  })

  await test.step('a call that nobody explains: refused, and by an expert signed with every byte in sight', async () => {
    const shell = new ShellPage(window)
    const send = async () => {
      await shell.goTo('Settings')
      await window.getByRole('tab', { name: 'Clear signing' }).click()
      await window.getByRole('button', { name: 'Call a contract' }).click()
      await window.getByLabel('Contract', { exact: true }).fill(ACCOUNT_ADDRESSES.friend)
      await window.getByLabel('Data of the call').fill('0x12345678')
      await window.getByRole('button', { name: 'Continue' }).click()
    }
    await send()
    await expect(window.getByRole('alert')).toContainText('cannot read what this transaction does')
    await shell.goTo('Settings')
    await window.getByRole('tab', { name: 'Clear signing' }).click()
    const expert = window.getByRole('switch', { name: 'Let me sign what nobody can read' })
    await expert.click()
    await expect(expert).toBeChecked()
    const opening = practice.nextWindow()
    await send()
    const approval = new ApprovalPage(await opening)
    await approval.expectShown()
    await expect(approval.read).toContainText('0x12345678')
    await expect(approval.window.getByText('Nobody knows what this does.')).toBeVisible()
    const approve = approval.window.getByRole('button', { name: 'Approve', exact: true })
    await expect(approve).toBeDisabled()
    await approval.acceptDangers()
    await approval.approve()
    await expect(window.getByText('Done', { exact: true })).toBeVisible()
    await shell.goTo('Settings')
    await window.getByRole('tab', { name: 'Clear signing' }).click()
    await expert.click()
    await expect(expert).not.toBeChecked()
  })

  await test.step('a contract that was let act for the account elsewhere', async () => {
    const transport = http(devnet.rpcUrl)
    const elsewhere = createWalletClient({ account: owner, chain: foundry, transport })
    const chain = createPublicClient({ chain: foundry, transport })
    const contractAddress = devnet.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'WETH')?.address
    const authorization = await elsewhere.signAuthorization({
      contractAddress: contractAddress ?? zeroAddress,
      executor: 'self',
    })
    await elsewhere.sendTransaction({ authorizationList: [authorization], to: zeroAddress, gas: 200_000n })
    const code = () => chain.getCode({ address: owner.address })
    await expect.poll(code).toMatch(/^0xef0100/)

    await new ShellPage(window).goTo('Portfolio')
    await accounts.open()
    await account.getByRole('button').last().click()
    const notice = accounts.details.getByText('A contract acts for this account on')
    await expect(notice).toBeVisible()
    const opening = practice.nextWindow()
    await accounts.details.getByRole('button', { name: 'Take it back' }).click()
    const approval = new ApprovalPage(await opening)
    await expect(approval.read).toContainText('Take back what this account had delegated')
    await approval.approve()
    await expect(notice).toHaveCount(0)
    await expect.poll(code).toBeUndefined()
    await new ShellPage(window).goTo('Activity')
    await expect(window.getByRole('main')).toContainText('Took back what')
  })
})
