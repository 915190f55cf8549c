import { startDevnet } from '../../devnet/builder/startDevnet.ts'
import { createRpc } from '../../devnet/index.ts'
import { expect, password, test } from '../fixtures.ts'
import { startProxy } from '../hosts/startProxy.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'

/** 25 ETH, as what the practice account has stands in a node's answer, and what a liar makes of it. */
const honestBalance = (25n * 10n ** 18n).toString(16).padStart(64, '0')
const falseBalance = (9_999n * 10n ** 18n).toString(16).padStart(64, '0')

test('a node that lies is found out, one that goes away or falls behind is told of, and the true balances stay', async ({
  machine,
}) => {
  const chain = await startDevnet({ blockTimeMs: 500, idleBlockTimeMs: 3_000 })
  const port = Number(new URL(chain.rpcUrl).port)
  const proxy = await startProxy(chain.rpcUrl)
  try {
    const { window } = await machine.launch({ manifest: { ...chain.manifest, rpcUrls: [proxy.url] } })
    const shell = new ShellPage(window)
    try {
      await new OnboardingPage(window).openPractice(password)
      await expect(shell.holding('ETH').first()).toContainText('25')
      await expect(shell.status).toContainText('In step')
      proxy.change((answer) => answer.replaceAll(honestBalance, falseBalance))
      await expect(window.getByText('the chain’s own proof does not bear out').first()).toBeVisible()
      await expect(window.getByText(proxy.host).first()).toBeVisible()
      await expect(shell.holding('ETH').first()).toContainText('25')
      await expect(window.getByText('9,999')).toHaveCount(0)

      proxy.change((answer) => answer)
      await expect(window.getByText('the chain’s own proof does not bear out')).toHaveCount(0)
      await expect(shell.holding('ETH').first()).toContainText('25')
    } finally {
      await chain.stop()
    }

    await test.step('it goes away, and comes back', async () => {
      await expect(shell.status).toContainText('No answer')
      await expect(shell.holding('USDC').first()).toBeVisible()
      const again = await startDevnet({ blockTimeMs: 500, idleBlockTimeMs: 3_000, port })
      try {
        await expect(shell.status).toContainText('In step')
        await expect(shell.holding('USDC').first()).toBeVisible()
      } finally {
        await again.stop()
      }
    })

    await test.step('it falls behind', async () => {
      const behind = await startDevnet({ blockTimeMs: 0, port })
      try {
        // Its newest block is now the last one of the seeding, which is as old as the seed.
        await createRpc(behind.chain.rpcUrl)('anvil_rollback', 1)
        await expect(shell.status).toContainText('Behind')
        await expect(window.getByText('Local chain is behind: its newest block is')).toBeVisible()
        await expect(shell.holding('USDC').first()).toBeVisible()
      } finally {
        await behind.stop()
      }
    })
  } finally {
    await proxy.stop()
  }
})

test('a second node takes over when the first goes away, and the settings show how each does', async ({
  machine,
}) => {
  const chain = await startDevnet({ blockTimeMs: 500, idleBlockTimeMs: 3_000 })
  const first = await startProxy(chain.rpcUrl)
  const second = await startProxy(chain.rpcUrl)
  try {
    const { window } = await machine.launch({
      manifest: { ...chain.manifest, rpcUrls: [first.url, second.url] },
    })
    const shell = new ShellPage(window)
    await new OnboardingPage(window).openPractice(password)
    await expect(shell.status).toContainText('In step')
    await shell.goTo('Settings')
    await window.getByRole('tab', { name: 'Networks' }).click()
    await window.getByRole('button', { name: `Edit the nodes of ${chain.manifest.name}` }).click()
    const nodes = window.getByRole('table', { name: `Nodes of ${chain.manifest.name}` })
    await expect(nodes.getByRole('row').nth(1)).toContainText('in use')
    await first.stop()
    await expect(nodes.getByRole('row').nth(2)).toContainText('in use')
    await expect(nodes.getByRole('row').nth(1)).toContainText('Failing')
    await expect(shell.status).toContainText('In step')

    await window.getByRole('button', { name: 'Add network' }).click()
    await window.getByLabel('Paste a description').fill(
      JSON.stringify({
        chainId: '0x64',
        chainName: 'Somewhere',
        nativeCurrency: { name: 'Coin', symbol: 'COIN', decimals: 18 },
        rpcUrls: [second.url],
      }),
    )
    await window.getByRole('button', { name: 'Check and add' }).click()
    await expect(window.getByRole('alert')).toContainText('serves another network')
  } finally {
    await second.stop()
    await chain.stop()
  }
})
