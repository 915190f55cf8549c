import { encodeFunctionData, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES, createRpc, feedAddress, sendAs, setFeed, warpTime } from '../../devnet/index.ts'
import { expectUsable } from '../expectUsable.ts'
import { expect, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { SendPage } from '../pages/SendPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

const freezeAbi = parseAbi(['function setAddressFrozen(address, bool)'])

test('a stablecoin that breaks its peg rings on every screen', async ({ practice, devnet }) => {
  const rpc = createRpc(devnet.chain.rpcUrl)
  const usdc = feedAddress(devnet.manifest, 'USDC')
  const { window } = practice
  const shell = new ShellPage(window)
  try {
    await shell.goTo('Stablecoins')
    const details = window.getByRole('region', { name: 'Details' })
    await expect(window.getByRole('row').filter({ hasText: 'EURS' })).toContainText('-0.80%')
    await setFeed(rpc, usdc, { answer: 97_000_000n })
    await window.getByRole('button', { name: 'Show USDC · USD Coin' }).click()
    await expect(details).toContainText('Yes: the issuer keeps a blacklist')
    await expect(details).toContainText('USDC white paper under MiCA')
    await details.getByLabel('Tell me when').selectOption('peg')
    await details.getByLabel('By more than, in percent').fill('1')
    await details.getByRole('button', { name: 'Add alert' }).click()
    await expect(window.getByRole('alert').filter({ hasText: 'USDC has left its peg' })).toBeVisible()
    await expect(details).toContainText('Can be sold at -0.50% for USDT')
    await expectUsable(window)
    await window.screenshot({ path: test.info().outputPath('stablecoins.png') })
    await shell.goTo('Portfolio')
    await window
      .getByRole('alert')
      .filter({ hasText: 'USDC has left its peg' })
      .getByRole('button', { name: 'Look' })
      .click()
    await expect(window.getByRole('heading', { name: 'Stablecoins', level: 1 })).toBeVisible()
    await window.getByRole('button', { name: 'Show USDC · USD Coin' }).click()
    await details.getByRole('button', { name: /^Remove/ }).click()
    await expect(window.getByRole('alert')).toHaveCount(0)
  } finally {
    await setFeed(rpc, usdc, { answer: 100_000_000n })
  }
})

test('the shelter is composed once, previewed whole, and armed to begin by itself', async ({ practice }) => {
  const { window } = practice
  const shell = new ShellPage(window)
  await shell.goTo('Stablecoins')
  await window.getByRole('button', { name: 'Shelter', exact: true }).click()
  const shelter = window.getByRole('dialog', { name: 'Shelter' })
  await shelter.getByLabel('Weight of USDC').selectOption('50')
  await shelter.getByLabel('Weight of DAI').selectOption('50')
  await expect(shelter).toContainText('All in one currency')
  await shelter.getByRole('button', { name: 'Keep this basket' }).click()
  await shelter.getByRole('button', { name: 'Preview' }).click()
  await expect(shelter).toContainText('Nothing is sent yet.')
  await expect(shelter.getByRole('listitem')).toHaveCount(2)
  await expect(shelter).toContainText('Arrives, together')
  await expectUsable(window)
  await window.screenshot({ path: test.info().outputPath('shelter.png') })
  await shelter.getByRole('button', { name: 'Forget this plan' }).click()

  await shelter.getByLabel('By itself').check()
  await shelter.getByLabel('When this falls').selectOption({ label: 'ETH' })
  await shelter.getByRole('button', { name: 'Preview' }).click()
  const arm = shelter.getByRole('button', { name: 'Arm', exact: true })
  await expect(arm).toBeVisible()
  await expectUsable(window)
  await window.screenshot({ path: test.info().outputPath('shelterRule.png') })
  const first = practice.nextWindow()
  await arm.click()
  await new ApprovalPage(await first).approve()
  const second = practice.nextWindow()
  await new ApprovalPage(await second).approve()
  await expect(shelter).toContainText('Armed: 50% of ETH flees when it has fallen by 10%.')
  await shelter.getByRole('button', { name: 'Disarm' }).click()
  await expect(shelter.getByRole('button', { name: 'Preview' })).toBeVisible()
})

test('a permissioned asset shows its rules, and is refused with its real reason', async ({
  practice,
  devnet,
}) => {
  const rpc = createRpc(devnet.chain.rpcUrl)
  const tower = devnet.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'TOWER7')?.address
  if (!tower) throw new Error('The local chain lists no TOWER7')
  const setFrozen = (isFrozen: boolean) =>
    sendAs(rpc, ACCOUNT_ADDRESSES.deployer, {
      to: tower,
      data: encodeFunctionData({
        abi: freezeAbi,
        functionName: 'setAddressFrozen',
        args: [ACCOUNT_ADDRESSES.practice, isFrozen],
      }),
    })
  const { window } = practice
  const shell = new ShellPage(window)
  await expect(shell.holding('TOWER7').first()).toBeVisible()
  try {
    await setFrozen(true)
    await shell.goTo('Real-world assets')
    const details = window.getByRole('region', { name: 'Details' })
    await window.getByRole('button', { name: 'Show TOWER7 · Harbour Tower 7 Share' }).click()
    await expect(details).toContainText('Trades 15.00% below what it stands for.')
    await expect(details).toContainText('No: this account is frozen')
    await details.getByRole('button', { name: 'Compute' }).click()
    await expect(details).toContainText('holder, by refusing')
    await expect(details).toContainText('move tokens by force')
    await expect(window.getByRole('table', { name: 'Gap watch' })).toContainText('TOWER7')
    await expectUsable(window)
    await window.screenshot({ path: test.info().outputPath('realWorldAssets.png') })

    // Where the issuer redeems on request, the way that closes the gap takes its time.
    const credit = window
      .getByRole('table', { name: 'Gap watch' })
      .getByRole('row')
      .filter({ hasText: 'QCRD' })
    await expect(credit).toContainText('about 90 days')
    // An asset in partitions, of which the account is admitted to one.
    await window.getByRole('button', { name: 'Show QLOAN · Quay Harbour Loans' }).click()
    await expect(details).toContainText('Of that, not locked')
    await expect(details).toContainText('Yes, nothing stands against it')
    await expect(details).toContainText('No: this partition is closed, or this account is not admitted to it')
    await expectUsable(window)
    await window.screenshot({ path: test.info().outputPath('partitions.png') })

    const send = new SendPage(window)
    await shell.goTo('Portfolio')
    await send.open()
    await send.fill({ asset: 'TOWER7', amount: '1', recipient: ACCOUNT_ADDRESSES.friend })
    await send.submit()
    await expect(window.getByText('the sender is frozen by the issuer')).toBeVisible()
  } finally {
    await setFrozen(false)
  }
})

test('pays an amount of a currency: the coin is chosen, what is missing is converted, and then it is sent', async ({
  practice,
}) => {
  const { window } = practice
  const shell = new ShellPage(window)
  await expect(shell.holding('ZCHF').first()).toBeVisible()
  await shell.goTo('Stablecoins')
  await window.getByRole('button', { name: 'Pay in a currency' }).click()
  const form = window.getByRole('form', { name: 'Payment' })
  await form.getByLabel('Currency').selectOption('CHF')
  await form.getByLabel('Amount').fill('950')
  await form.getByLabel('Recipient').fill('hana.eth')
  await form.getByRole('button', { name: 'Show how' }).click()
  const review = window.getByRole('region', { name: 'Review' })
  await expect(review).toContainText('hana.eth gets 950 ZCHF for 950 CHF.')
  await expect(review).toContainText('into exactly 50.00 ZCHF')
  await expect(review).toContainText('CHF / USD')
  await expectUsable(window)
  await window.screenshot({ path: test.info().outputPath('payment.png') })

  const converting = practice.nextWindow()
  await review.getByRole('button', { name: 'Convert first' }).click()
  await new ApprovalPage(await converting).approve()
  await expect(review).toContainText('You send 950 ZCHF to hana.eth.')
  const sending = practice.nextWindow()
  await review.getByRole('button', { name: 'Continue' }).click()
  await new ApprovalPage(await sending).approve()
  await expect(window.getByRole('heading', { name: 'Arrived' })).toBeVisible()
})

test('a share that was split is shown and sent in shares, and signed in its own units', async ({
  practice,
  devnet,
}) => {
  const rpc = createRpc(devnet.chain.rpcUrl)
  const stock = devnet.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'HKTR')?.address
  if (!stock) throw new Error('The local chain lists no HKTR')
  const abi = parseAbi([
    'function setUIMultiplier(uint256, uint256)',
    'function balanceOf(address) view returns (uint256)',
  ])
  const split = async (multiplier: bigint) => {
    // A chain with nothing to do makes a block now and then only: its last may be older than the five seconds.
    const args = [multiplier, (await warpTime(rpc, 1)) + 5n] as const
    await sendAs(rpc, ACCOUNT_ADDRESSES.deployer, {
      to: stock,
      data: encodeFunctionData({ abi, functionName: 'setUIMultiplier', args }),
    })
  }
  const readFriend = async () => {
    const data = encodeFunctionData({ abi, functionName: 'balanceOf', args: [ACCOUNT_ADDRESSES.friend] })
    return BigInt((await rpc('eth_call', { to: stock, data }, 'latest')) as string)
  }
  const one = 10n ** 18n
  const { window } = practice
  const shell = new ShellPage(window)
  // 20 tokens at 1.025 shares each, and then at two.
  await expect(shell.holding('HKTR').first()).toContainText('20.50')
  await split(2n * one)
  try {
    await expect(shell.holding('HKTR').first()).toContainText('40.00')
    await window.screenshot({ path: test.info().outputPath('portfolio.png') })
    const before = await readFriend()
    const send = new SendPage(window)
    await send.open()
    await send.fill({ asset: 'HKTR', amount: '4', recipient: ACCOUNT_ADDRESSES.friend })
    await send.submit()
    await expect(window.getByText('You send 4 HKTR to')).toBeVisible()
    await window.screenshot({ path: test.info().outputPath('send.png') })
    const opening = practice.nextWindow()
    await send.continue()
    const approval = new ApprovalPage(await opening)
    await expect(approval.read).toContainText('Send 2 HKTR (shown as 4)')
    await expect(approval.window.getByText('shows amounts of HKTR times 2')).toBeVisible()
    await approval.window.screenshot({ path: test.info().outputPath('approval.png') })
    await approval.approve()
    await expect(window.getByRole('heading', { name: 'Arrived' })).toBeVisible()
    expect(await readFriend()).toBe(before + 2n * one)
    await shell.goTo('Activity')
    await expect(window.getByRole('listitem').filter({ hasText: 'Sent 4 HKTR' })).toBeVisible()
    await window.screenshot({ path: test.info().outputPath('activity.png') })
  } finally {
    await split(1_025_000_000_000_000_000n)
  }
})
