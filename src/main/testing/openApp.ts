import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LocalChainManifest } from '../../../devnet/index.ts'
import type { Activity } from '../../shared/contract/activity.ts'
import type { Approval } from '../../shared/contract/approvals.ts'
import { type Api, createApi, type Transport } from '../../shared/contract/createApi.ts'
import type { Router } from '../../shared/contract/createRouter.ts'
import type { Order } from '../../shared/contract/orders.ts'
import { approvalWindowContract, mainWindowContract } from '../../shared/contract/windows.ts'
import { type Result, unwrapResult } from '../../shared/errors/Result.ts'
import type { AccountId, Address } from '../../shared/identity/identity.ts'
import type { SignerProcess } from '../adapters/signer/createSignerClient.ts'
import { composeServices } from '../composeServices.ts'
import { serveSigner } from '../signer/serveSigner.ts'
import { createMemoryKeychain, type MemoryKeychain } from '../signer/testing/createMemoryKeychain.ts'
import { kdfFloor } from '../signer/vault/kdfParameters.ts'
import { bundleThreads } from './bundleThreads.ts'

export interface OpenApp {
  readonly main: Api<typeof mainWindowContract>
  readonly account: { readonly id: AccountId; readonly address: Address }
  /** All that the approval window was shown. */
  readonly shown: Approval[]
  /** The newest state of an activity that fits, as soon as there is one. */
  activityWhere(fits: (activity: Activity) => boolean): Promise<Activity>
  readonly outdated: { quoteId: string; blockNumber: bigint }[]
  /** The newest state of an order that fits, as soon as there is one. */
  orderWhere(fits: (order: Order) => boolean): Promise<Order>
  /** What the user does in the approval window from now on, at once or after what happens meanwhile. */
  decide(decision: 'approve' | 'reject', meanwhile?: () => Promise<unknown>): void
  close(): Promise<void>
  /** Ends without a word, and leaves what an app that starts again finds. */
  abandon(): AppRemains
}

/** Whether a message between the app and its signer never arrives, as when the app dies before it. */
export type LosesMessage = (message: unknown, to: 'signer' | 'app') => boolean

/** What stays on the machine. */
export interface AppRemains {
  readonly folder: string
  readonly keychain: MemoryKeychain
}

/** The whole app without windows on a local chain: its own services, signer and database, with the practice wallet open. */
export async function openApp(
  manifest: LocalChainManifest,
  remains?: AppRemains,
  loses?: LosesMessage,
): Promise<OpenApp> {
  const threads = await bundleThreads()
  const folder = remains?.folder ?? mkdtempSync(join(tmpdir(), 'minato-app-'))
  const keychain = remains?.keychain ?? createMemoryKeychain()
  const manifestPath = join(folder, 'chain.json')
  writeFileSync(
    manifestPath,
    JSON.stringify({
      ...manifest,
      practice: {
        mnemonic: 'test test test test test test test test test test test junk',
        accountIndex: 1,
        label: 'Practice',
      },
    }),
  )
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const activities = createLatest<Activity>()
  const orders = createLatest<Order>()
  const shown: Approval[] = []
  const outdated: OpenApp['outdated'] = []
  const problems: unknown[] = []
  let decision: 'approve' | 'reject' = 'approve'
  let meanwhile: (() => Promise<unknown>) | undefined

  const services = composeServices({
    dataFolder: folder,
    localChainManifest: manifestPath,
    keychainService: 'minato-test',
    appInfo: { version: '0', platform: 'linux', host: 'stand-in', systemLanguages: ['en'] },
    logger: {
      debug() {},
      info() {},
      warn() {},
      error: (event, fields) => problems.push({ event, ...fields }),
    },
    startSigner: () => startSignerHere(keychain, loses),
    ...threads,
    approvalWindow: { show: () => void decideOnce().catch((thrown) => problems.push(thrown)), close() {} },
    desktop: {
      clipboard: { read: async () => '', async write() {}, clear() {} },
      notify() {},
      setSecretShown() {},
      askSavePath: async () => undefined,
      printToPdf: async () => new Uint8Array(),
    },
    sendToMainWindow(channel, payload) {
      for (const listener of listeners.get(channel) ?? []) listener(structuredClone(payload) as never)
    },
    sendToApprovalWindow() {},
  })
  const main = createApi(mainWindowContract, transportTo(services.mainRouter, listeners))
  const approval = createApi(approvalWindowContract, transportTo(services.approvalRouter, new Map()))

  async function decideOnce(): Promise<void> {
    const current = unwrapResult(await approval.approvals.getCurrent())
    if (!current) return
    shown.push(current)
    const asked = 'request' in current ? current.request : current.message
    const { requestId, digest } = asked
    await meanwhile?.()
    if (decision === 'reject') await approval.approvals.reject({ requestId, digest })
    else {
      const accepted = [...asked.dangers, ...current.claims.dangers].map(({ kind }) => kind)
      await approval.approvals.approve({ requestId, digest, accepted })
    }
  }

  main.activity.changed(activities.note)
  main.orders.changed(orders.note)
  main.swaps.quoteOutdated((payload) => outdated.push(payload))
  const password = () => new TextEncoder().encode('correct horse battery')
  unwrapResult(
    remains
      ? await main.vault.unlock({ password: password() })
      : await main.vault.createPractice({ password: password(), protection: 'password' }),
  )
  const account = unwrapResult(await main.vault.listWallets())[0]?.accounts[0]
  if (!account) throw new Error('The practice wallet has no account')

  return {
    main,
    account,
    shown,
    outdated,
    activityWhere: activities.where,
    orderWhere: orders.where,
    decide(next, first) {
      decision = next
      meanwhile = first
    },
    abandon() {
      services.shutDown()
      return { folder, keychain }
    },
    async close() {
      services.shutDown()
      rmSync(folder, { recursive: true, force: true })
      if (problems.length > 0) throw new AggregateError(problems, JSON.stringify(problems))
    },
  }
}

/** The newest states of things by their id, and who waits for one. */
function createLatest<Entry extends { readonly id: string }>() {
  const entries = new Map<string, Entry>()
  const waiting = new Set<{ fits: (entry: Entry) => boolean; resolve: (entry: Entry) => void }>()
  return {
    note(entry: Entry): void {
      entries.set(entry.id, entry)
      for (const each of waiting) {
        if (!each.fits(entry)) continue
        waiting.delete(each)
        each.resolve(entry)
      }
    },
    where(fits: (entry: Entry) => boolean): Promise<Entry> {
      const known = [...entries.values()].find(fits)
      return known
        ? Promise.resolve(known)
        : new Promise((resolve) => {
            waiting.add({ fits, resolve })
          })
    },
  }
}

function transportTo(router: Router, listeners: Map<string, Set<(payload: never) => void>>): Transport {
  return {
    request: async (channel, input) =>
      structuredClone(await router.handle(channel, structuredClone(input))) as Result<unknown>,
    subscribe(channel, listener) {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(listener))
      return () => {
        set.delete(listener)
      }
    },
  }
}

/** The signer in this process, with the cheapest key derivation that is allowed; messages are cloned as between processes. */
function startSignerHere(keychain: MemoryKeychain, loses: LosesMessage = () => false): SignerProcess {
  let toSigner = (_message: unknown) => {}
  let toClient = (_message: unknown) => {}
  serveSigner(
    {
      onMessage(listener) {
        toSigner = listener
      },
      postMessage(message) {
        if (!loses(message, 'app')) toClient(structuredClone(message))
      },
      end(code) {
        throw new Error(`The signer ended itself: ${code}`)
      },
    },
    {
      loadKeychain: async () => keychain,
      nowMs: Date.now,
      kdf: { keychain: kdfFloor, password: kdfFloor },
      keychainTimeoutMs: 200,
    },
  )
  return {
    postMessage(message) {
      if (!loses(message, 'signer')) toSigner(structuredClone(message))
    },
    onMessage(listener) {
      toClient = listener
    },
    onExit() {},
    kill() {},
  }
}
