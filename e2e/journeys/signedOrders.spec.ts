import type { Page } from '@playwright/test'
import { encodeFunctionData, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES, createRpc, DEVNET_MNEMONIC, sendAs } from '../../devnet/index.ts'
import { expect, password, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { OrdersPage } from '../pages/OrdersPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

const wethAbi = parseAbi(['function deposit() payable'])

async function approveNext(opening: Promise<Page>, sentence: string | RegExp) {
  const approval = new ApprovalPage(await opening)
  await expect(approval.window.getByRole('heading', { name: sentence })).toBeVisible()
  await approval.approve()
}

test('an order is signed, given to somebody else as a link, filled in part, and its rest cancelled', async ({
  makeMachine,
  devnet,
}) => {
  const deployer = ACCOUNT_ADDRESSES.deployer
  await sendAs(createRpc(devnet.chain.rpcUrl), deployer, {
    to: devnet.manifest.contracts.weth as `0x${string}`,
    value: 5n * 10n ** 18n,
    data: encodeFunctionData({ abi: wethAbi, functionName: 'deposit' }),
    mine: true,
  })

  const maker = await (await makeMachine()).launch()
  const { window } = maker
  await new OnboardingPage(window).beginPractice(password)
  await expect(new ShellPage(window).holding('USDC').first()).toBeVisible()
  const orders = new OrdersPage(window)
  await orders.open()
  await orders.choose('asset', 'WETH')
  await orders.choose('against', 'USDC')
  await orders.ticket.getByRole('radio', { name: 'Buy' }).check()
  await orders.give('300')
  await orders.price('300')
  await orders.expectPreview(/^Buys at least 1 WETH for 300/)
  await window.getByRole('button', { name: 'Sign it for anybody instead' }).click()
  const dialog = window.getByRole('dialog', { name: 'Sign an order for others' })
  await expect(dialog.getByLabel('You give')).toHaveValue('300')
  let opening = maker.nextWindow()
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
  await approveNext(opening, /^Offer 300 USDC for 1 WETH/)

  await expect(window.getByText(/Nobody can fill it yet/).first()).toBeVisible()
  opening = maker.nextWindow()
  await window.getByRole('button', { name: 'Let the contract take USDC' }).click()
  await approveNext(opening, /^Let 1inch take up to 300 USDC/)
  await expect(window.getByText('300.00 USDC can be had now, for 1 WETH.').first()).toBeVisible()

  await window.getByRole('button', { name: 'Share' }).click()
  const share = window.getByRole('dialog', { name: 'Share this order' })
  await expect(share.getByRole('img', { name: 'The order as a QR code' })).toBeVisible()
  const link = await share.getByText(/^minato:order\//).innerText()
  await share.getByRole('button', { name: 'Close' }).last().click()

  const taker = await (await makeMachine()).launch()
  const other = taker.window
  const onboarding = new OnboardingPage(other)
  await onboarding.choose('I have a recovery phrase')
  await onboarding.typePhrase(DEVNET_MNEMONIC)
  await onboarding.choosePassword(password)
  await onboarding.keepRecoveryKit()
  await onboarding.openWallet()
  await new OrdersPage(other).open()
  await other.getByRole('tab', { name: 'Between people' }).click()
  await other.getByRole('button', { name: 'Open a signed order' }).click()
  await other.getByLabel('Link').fill(link)
  await other.getByRole('button', { name: 'Check and open' }).click()
  await expect(other.getByText('300.00 USDC can be had now, for 1 WETH.').first()).toBeVisible()
  await other.getByLabel('Pay, in WETH').fill('0.4')
  const fill = other.getByRole('region', { name: 'Fill' })
  await expect(fill.getByText('120.00 USDC')).toBeVisible()
  opening = taker.nextWindow()
  await fill.getByRole('button', { name: 'Fill' }).click()
  await approveNext(opening, /^Fill an order: give 0\.4 WETH for 120 USDC/)

  await expect(
    window.getByText('Somebody filled your signed order: 120.00 USDC went out.').first(),
  ).toBeVisible()
  await expect(window.getByText('180.00 USDC can be had now, for 0.6 WETH.').first()).toBeVisible()
  opening = maker.nextWindow()
  await window.getByRole('button', { name: 'Cancel on the network' }).click()
  await approveNext(opening, /^Cancel a signed order/)
  await expect(window.getByText('Cancelled.').first()).toBeVisible()
  await expect(other.getByText('Filled or cancelled.').first()).toBeVisible()
})
