import { createPublicClient, formatEther, http, parseAbi, parseUnits } from 'viem'
import { ACCOUNT_ADDRESSES } from '../../devnet/index.ts'
import { expect, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { SendPage } from '../pages/SendPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

const friend = ACCOUNT_ADDRESSES.friend
const balanceOf = parseAbi(['function balanceOf(address) view returns (uint256)'])

test('sends a token by name: reviewed, approved from the signer’s reading, confirmed, kept', async ({
  practice,
  devnet,
}) => {
  const { window } = practice
  const chain = createPublicClient({ transport: http(devnet.rpcUrl) })
  const usdc = devnet.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'USDC')
  if (!usdc) throw new Error('The local chain lists no USDC')
  const readFriend = () =>
    chain.readContract({ address: usdc.address, abi: balanceOf, functionName: 'balanceOf', args: [friend] })
  const before = await readFriend()

  const send = new SendPage(window)
  await send.open()
  await send.fill({ asset: 'USDC', amount: '25.5', recipient: 'hana.eth' })
  await send.submit()
  await expect(window.getByText('You send 25.5 USDC to hana.eth.')).toBeVisible()

  const opening = practice.nextWindow()
  await send.continue()
  const approval = new ApprovalPage(await opening)
  await approval.expectShown()
  await expect(approval.read).toContainText('25.5 USDC')
  const read = (await approval.read.innerText()).replaceAll(/\s/g, '').toLowerCase()
  expect(read).toContain(friend.toLowerCase())
  await approval.approve()

  await expect(window.getByRole('heading', { name: 'Arrived' })).toBeVisible()
  expect(await readFriend()).toBe(before + parseUnits('25.5', 6))

  await new ShellPage(window).goTo('Activity')
  const entry = window.getByRole('listitem').filter({ hasText: 'Sent 25.5 USDC to hana.eth' })
  await expect(entry).toContainText('Confirmed')
})

const refusals = [
  [
    'an address with a typing error',
    { amount: '1', recipient: friend.replace('C44', 'c44') },
    /typing error/,
  ],
  ['something that is no address', { amount: '1', recipient: 'not an address' }, /not an address or a name/],
  ['a name that nobody has', { amount: '1', recipient: 'nobody-has-this.eth' }, /Nobody has this name/],
  ['more than there is', { amount: '999999999', recipient: friend }, /less than that/],
  ['more decimals than the token has', { amount: '0.0000001', recipient: friend }, /decimals/],
  ['an amount that is none', { amount: '1e5', recipient: friend }, /plain number/],
  ['zero', { amount: '0', recipient: friend }, /above zero/],
] as const

test('says what is wrong with a transfer and what to do; signs nothing that is rejected', async ({
  practice,
  devnet,
}) => {
  const { window } = practice
  const chain = createPublicClient({ transport: http(devnet.rpcUrl) })
  const send = new SendPage(window)
  await send.open()
  for (const [name, transfer, message] of refusals) {
    await test.step(name, async () => {
      await send.fill({ asset: 'USDC', ...transfer })
      await send.submit()
      await expect(window.getByText(message).first()).toBeVisible()
    })
  }
  await test.step('a fee that cannot be paid', async () => {
    const balance = await chain.getBalance({ address: ACCOUNT_ADDRESSES.practice })
    await send.fill({ asset: 'ETH', amount: formatEther(balance), recipient: friend })
    await send.submit()
    await expect(window.getByText(/too little of the network’s coin to pay the fee/).first()).toBeVisible()
  })
  const amount = await test.step('everything of a coin can be sent, fee included', async () => {
    await send.form.getByRole('button', { name: 'Max' }).click()
    await send.submit()
    const sentence = window.getByText(/^You send .* ETH to/)
    await expect(sentence).toBeVisible()
    await expect(window.getByRole('alert')).toHaveCount(0)
    return /^You send (.*) ETH to/.exec(await sentence.innerText())?.[1] ?? ''
  })
  expect(amount).toMatch(/^[\d,]+\.\d+$/)
  await test.step('a rejected transfer', async () => {
    const nonce = () => chain.getTransactionCount({ address: ACCOUNT_ADDRESSES.practice })
    const before = await nonce()
    const opening = practice.nextWindow()
    await send.continue()
    const approval = new ApprovalPage(await opening)
    await approval.expectShown()
    await approval.reject()
    await expect(window.getByText('You rejected the transfer.')).toBeVisible()
    expect(await nonce()).toBe(before)
  })
  await test.step('the address to receive with, whole and as a QR code', async () => {
    await window.getByRole('button', { name: 'Receive', exact: true }).first().click()
    await expect(window.getByRole('img', { name: /^QR code of the address/ })).toBeVisible()
    const shown = (await window.getByRole('main').innerText()).replaceAll(/\s/g, '')
    expect(shown).toContain(ACCOUNT_ADDRESSES.practice)
  })
  await new ShellPage(window).goTo('Activity')
  // What the practice wallet was given shows; what was rejected does not.
  await expect(window.getByRole('listitem').filter({ hasText: 'Received' }).first()).toBeVisible()
  await expect(window.getByRole('listitem').filter({ hasText: `Sent ${amount}` })).toHaveCount(0)
})
