import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LocalChainManifest } from '../../../devnet/index.ts'
import type { Activity } from '../../shared/contract/activity.ts'
import type { Approval } from '../../shared/contract/approvals.ts'
import { type Api, createApi, type Transport } from '../../shared/contract/createApi.ts'
import type { Router } from '../../shared/contract/createRouter.ts'
import { approvalWindowContract, mainWindowContract } from '../../shared/contract/windows.ts'
import { type Result, unwrapResult } from '../../shared/errors/Result.ts'
import type { AccountId, Address } from '../../shared/identity/identity.ts'
import type { SignerProcess } from '../adapters/signer/createSignerClient.ts'
import { composeServices } from '../composeServices.ts'
import { serveSigner } from '../signer/serveSigner.ts'
import { createMemoryKeychain } from '../signer/testing/createMemoryKeychain.ts'
import { kdfFloor } from '../signer/vault/kdfParameters.ts'

export interface OpenApp {
  readonly main: Api<typeof mainWindowContract>
  readonly account: { readonly id: AccountId; readonly address: Address }
  /** All that the approval window was shown. */
  readonly shown: Approval[]
  /** The newest state of an activity that fits, as soon as there is one. */
  activityWhere(fits: (activity: Activity) => boolean): Promise<Activity>
  readonly outdated: { quoteId: string; blockNumber: bigint }[]
  /** What the user does in the approval window from now on. */
  decide(decision: 'approve' | 'reject'): void
  close(): Promise<void>
}

/** The whole app without windows on a local chain: its own services, signer and database, with the practice wallet open. */
export async function openApp(manifest: LocalChainManifest): Promise<OpenApp> {
  const folder = mkdtempSync(join(tmpdir(), 'minato-app-'))
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
  const activities = new Map<string, Activity>()
  const waiting = new Set<{ fits: (activity: Activity) => boolean; resolve: (activity: Activity) => void }>()
  const shown: Approval[] = []
  const outdated: OpenApp['outdated'] = []
  const problems: unknown[] = []
  let decision: 'approve' | 'reject' = 'approve'

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
    startSigner: startSignerHere,
    approvalWindow: { show: () => void decideOnce().catch((thrown) => problems.push(thrown)), close() {} },
    desktop: {
      clipboard: { read: async () => '', async write() {}, clear() {} },
      setSecretShown() {},
      askSavePath: async () => undefined,
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
    const { requestId, digest } = 'request' in current ? current.request : current.message
    await approval.approvals[decision]({ requestId, digest })
  }

  main.activity.changed((activity) => {
    activities.set(activity.id, activity)
    for (const entry of waiting) {
      if (!entry.fits(activity)) continue
      waiting.delete(entry)
      entry.resolve(activity)
    }
  })
  main.swaps.quoteOutdated((payload) => outdated.push(payload))
  unwrapResult(
    await main.vault.createPractice({
      password: new TextEncoder().encode('correct horse battery'),
      protection: 'password',
    }),
  )
  const account = unwrapResult(await main.vault.listWallets())[0]?.accounts[0]
  if (!account) throw new Error('The practice wallet has no account')

  return {
    main,
    account,
    shown,
    outdated,
    activityWhere(fits) {
      const known = [...activities.values()].find(fits)
      return known
        ? Promise.resolve(known)
        : new Promise((resolve) => {
            waiting.add({ fits, resolve })
          })
    },
    decide(next) {
      decision = next
    },
    async close() {
      services.shutDown()
      rmSync(folder, { recursive: true, force: true })
      if (problems.length > 0) throw new AggregateError(problems, JSON.stringify(problems))
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
function startSignerHere(): SignerProcess {
  let toSigner = (_message: unknown) => {}
  let toClient = (_message: unknown) => {}
  const keychain = createMemoryKeychain()
  serveSigner(
    {
      onMessage(listener) {
        toSigner = listener
      },
      postMessage: (message) => toClient(structuredClone(message)),
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
    postMessage: (message) => toSigner(structuredClone(message)),
    onMessage(listener) {
      toClient = listener
    },
    onExit() {},
    kill() {},
  }
}
