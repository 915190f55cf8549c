import { createPublicClient, http, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES } from '../../devnet/index.ts'
import { expect, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'
import { SwapPage } from '../pages/SwapPage.ts'

const balanceOf = parseAbi(['function balanceOf(address) view returns (uint256)'])

test('swaps privately while an attacker watches: what was promised arrives, and he gets nothing', async ({
  practice,
  devnet,
}) => {
  const chain = createPublicClient({ transport: http(devnet.rpcUrl) })
  const weth = devnet.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'WETH')
  if (!weth) throw new Error('The local chain lists no WETH')
  const readWeth = () =>
    chain.readContract({
      address: weth.address,
      abi: balanceOf,
      functionName: 'balanceOf',
      args: [ACCOUNT_ADDRESSES.practice],
    })
  const { window } = practice
  await devnet.actors.start('attacker')
  try {
    const before = await readWeth()
    const swap = new SwapPage(window)
    await swap.open()
    await swap.choose('pay', 'USDC')
    await swap.choose('receive', 'WETH')
    await swap.pay('5000')
    await swap.expectQuote()
    const promised = /^You receive at least ([\d.,]+) WETH\.$/.exec(await swap.promise.innerText())?.[1]
    if (promised === undefined) throw new Error('The quote makes no promise')

    const opening = practice.nextWindow()
    await swap.continue()
    const approval = new ApprovalPage(await opening)
    await approval.expectShown()
    await expect(approval.read).toContainText('5,000 USDC')
    await expect(approval.read).toContainText('WETH')
    await approval.approve()
    await expect(window.getByRole('heading', { name: 'Swapped' })).toBeVisible()

    const got = (await readWeth()) - before
    expect(got).toBeGreaterThanOrEqual(
      BigInt(Math.floor(Number(promised.replaceAll(',', '')) * 1e6)) * 10n ** 12n,
    )
    expect(devnet.actors.attacker.report().sandwiches).toEqual([])
  } finally {
    await devnet.actors.stop('attacker')
  }
  await new ShellPage(window).goTo('Activity')
  await expect(window.getByRole('listitem').filter({ hasText: 'Swapped 5,000 USDC' })).toContainText(
    'Confirmed',
  )
})

test('says why nothing can be traded', async ({ practice }) => {
  const { window } = practice
  const swap = new SwapPage(window)
  await swap.open()
  await swap.choose('pay', 'USDC')
  await swap.choose('receive', 'WETH')
  // More than a practice wallet is given, and more than any other journey adds to it.
  await swap.pay('40000')
  await expect(window.getByText(/less than this trade needs/).first()).toBeVisible()
})
