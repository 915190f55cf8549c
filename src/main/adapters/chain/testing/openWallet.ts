import { hexToBytes, keccak256, parseTransaction, serializeTransaction } from 'viem'
import type { HDAccount, PrivateKeyAccount } from 'viem/accounts'
import type { Activity } from '../../../../shared/contract/activity.ts'
import type { ChainStatus } from '../../../../shared/contract/chains.ts'
import { createEmitter } from '../../../../shared/contract/createEmitter.ts'
import type { Handlers } from '../../../../shared/contract/createRouter.ts'
import type { Portfolio } from '../../../../shared/contract/portfolio.ts'
import type { Account } from '../../../../shared/contract/vault.ts'
import { mainWindowContract } from '../../../../shared/contract/windows.ts'
import { AppError } from '../../../../shared/errors/AppError.ts'
import type { AccountId, WalletId } from '../../../../shared/identity/identity.ts'
import { createActivityService, type PrivateChannel } from '../../../capabilities/activity/index.ts'
import { createAddressBook } from '../../../capabilities/addressBook/index.ts'
import { type ChainDefinition, createChainsService } from '../../../capabilities/chains/index.ts'
import { createPortfolioService } from '../../../capabilities/portfolio/index.ts'
import { createSettingsService } from '../../../capabilities/settings/index.ts'
import { createTokenScales, createTokensService } from '../../../capabilities/tokens/index.ts'
import { createAddressResolver, createTransfersService } from '../../../capabilities/transfers/index.ts'
import type { ApprovalPort } from '../../../capabilities/transfers/transfers.ports.ts'
import { createActivityStore } from '../../storage/createActivityStore.ts'
import { createBalanceStore } from '../../storage/createBalanceStore.ts'
import { createChainSettingsStore } from '../../storage/createChainSettingsStore.ts'
import { createContactStore } from '../../storage/createContactStore.ts'
import { createHistoryStore } from '../../storage/createHistoryStore.ts'
import { createKnownRecipients } from '../../storage/createKnownRecipients.ts'
import { createOwnChainStore } from '../../storage/createOwnChainStore.ts'
import { createSettingsStore } from '../../storage/createSettingsStore.ts'
import { createTokenMetadataStore } from '../../storage/createTokenMetadataStore.ts'
import { createTokenScaleStore } from '../../storage/createTokenScaleStore.ts'
import { openDatabase } from '../../storage/openDatabase.ts'
import { monotonicMs, nowMs } from '../../system/clock.ts'
import { makeId } from '../../system/makeId.ts'
import { schedule } from '../../system/schedule.ts'
import { createBalanceReader } from '../createBalanceReader.ts'
import { createFaucet } from '../createFaucet.ts'
import { createHistoryReader } from '../createHistoryReader.ts'
import { createNameResolver } from '../createNameResolver.ts'
import { createNodeNetwork } from '../createNodeNetwork.ts'
import { createTokenMetadataReader } from '../createTokenMetadataReader.ts'
import { createTokenScaleReader } from '../createTokenScaleReader.ts'
import { createTrackingNode } from '../createTrackingNode.ts'
import { createTransferNode } from '../createTransferNode.ts'
import { createJournal, type Journal } from './createJournal.ts'

export type TestSigner = HDAccount | PrivateKeyAccount

export type WalletEvent =
  | { readonly kind: 'activity'; readonly activity: Activity }
  | { readonly kind: 'portfolio'; readonly portfolio: Portfolio }
  | { readonly kind: 'status'; readonly status: ChainStatus }

const { settings, chains, portfolio, transfers, activity } = mainWindowContract
/** The part of the main window's contract that these services serve. */
export const servedContract = { settings, chains, portfolio, transfers, activity }

export interface OpenWalletOptions {
  readonly definitions: readonly ChainDefinition[]
  readonly signers: readonly TestSigner[]
  readonly databasePath?: string
  readonly timeoutMs?: number
  /** Stands in for the approval window and the signer; signs what it is given unless told otherwise. */
  readonly approvals?: ApprovalPort
  readonly privateChannel?: PrivateChannel
}

/** All services on real adapters, with keys in this process instead of a vault: the wallet as the composition root wires it, without windows. */
export function openWallet(options: OpenWalletOptions) {
  const bugs: unknown[] = []
  const onBug = (thrown: unknown) => bugs.push(thrown)
  const events: Journal<WalletEvent> = createJournal()
  // What windows would be told goes through the contract, which refuses what it does not list.
  const emitter = createEmitter(servedContract, () => {})
  const lock = { isLocked: false }
  const accounts = options.signers.map(
    (signer, index): Account => ({
      id: signer.address as string as AccountId,
      walletId: 'wallet' as WalletId,
      address: signer.address,
      name: `Account ${index + 1}`,
      path: `m/44'/60'/0'/0/${index}`,
    }),
  )
  const directory = {
    async listAccounts() {
      if (lock.isLocked) throw new AppError('vault.locked')
      return accounts
    },
  }
  const database = openDatabase(options.databasePath ?? ':memory:', nowMs)
  const network = createNodeNetwork({
    definitions: options.definitions,
    nowMs,
    monotonicMs,
    schedule,
    onBug,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  })
  const chains = createChainsService({
    definitions: options.definitions,
    network,
    store: createChainSettingsStore(database),
    ownChains: createOwnChainStore(database),
    onDefinitionsChanged() {},
    faucet: createFaucet(network),
    accounts: directory,
    onListChanged: (list) => emitter.chains.listChanged(list),
    onStatusChanged(status) {
      emitter.chains.statusChanged(status)
      events.write({ kind: 'status', status })
    },
  })
  const scales = createTokenScales({
    reader: createTokenScaleReader(network),
    store: createTokenScaleStore(database),
    onChanged() {},
  })
  const tokens = createTokensService({
    chains,
    scales,
    reader: createTokenMetadataReader(network),
    store: createTokenMetadataStore(database),
  })
  const portfolio = createPortfolioService({
    chains,
    tokens,
    scales,
    accounts: directory,
    reader: createBalanceReader(network),
    store: createBalanceStore(database),
    schedule,
    onChanged(changed) {
      emitter.portfolio.changed(changed)
      events.write({ kind: 'portfolio', portfolio: changed })
    },
    onBug,
  })
  const approvals = options.approvals ?? signEverything(options.signers)
  const knownRecipients = createKnownRecipients(database)
  const addressBook = createAddressBook({
    store: createContactStore(database),
    resolve: (text) => createAddressResolver(chains, createNameResolver(network)).resolve(text),
    nowMs,
    onChanged: () => {},
  })
  const activity = createActivityService({
    chains,
    scales,
    accounts: directory,
    store: createActivityStore(database),
    node: createTrackingNode(network),
    ...(options.privateChannel ? { privateChannel: options.privateChannel } : {}),
    replacing: { node: createTransferNode(network), approvals },
    history: {
      reader: createHistoryReader(network),
      store: createHistoryStore(database),
      tokens,
      listKnownAddresses: () => [...knownRecipients.list(), ...addressBook.listAddresses()],
      nameOf: () => undefined,
      findNamed: () => [],
    },
    worthThen: () => ({ currency: 'USD', find: () => undefined }),
    nowMs,
    makeId,
    schedule,
    onChanged(changed) {
      emitter.activity.changed(changed)
      events.write({ kind: 'activity', activity: changed })
    },
    onBug,
  })
  const transfers = createTransfersService({
    chains,
    tokens,
    accounts: directory,
    node: createTransferNode(network),
    names: createNameResolver(network),
    approvals,
    journal: activity,
    knownRecipients,
    contacts: addressBook,
    // These tests are of the wallet alone; what tokens' own rules forbid is tested with the assets.
    assetGuard: { refuseForbidden: async () => {}, listWarnings: async () => [] },
    nowMs,
    makeId,
    onBug,
  })

  const settings = createSettingsService({
    store: createSettingsStore(database),
    onChanged: (changed) => emitter.settings.changed(changed),
  })
  const handlers: Handlers<typeof servedContract> = {
    settings,
    chains,
    portfolio,
    transfers,
    activity: activity.handlers,
  }

  const historyStore = createHistoryStore(database)
  const activityStore = createActivityStore(database)

  return {
    handlers,
    /** Settles once the history of every account has been looked at. */
    async historyReaches(): Promise<void> {
      const isThere = () =>
        accounts.every(({ address }) =>
          options.definitions.every(({ chainId }) => historyStore.readCursor(chainId, address) !== undefined),
        )
      while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    /** Makes a record one that no node took. */
    giveUp(id: string): void {
      const record = activityStore.find(id)
      if (!record) throw new Error('No such record')
      activityStore.update({ ...record, activity: { ...record.activity, status: 'unsent' }, isFinal: true })
    },
    accounts,
    lock,
    bugs,
    events,
    chains,
    tokens,
    portfolio,
    activity,
    transfers,
    addressBook,
    async start() {
      activity.start()
      const first = portfolio.start()
      chains.start()
      await first
    },
    stop() {
      chains.stop()
      portfolio.stop()
      activity.stop()
      transfers.forgetPreviews()
    },
    close() {
      chains.stop()
      portfolio.stop()
      activity.stop()
      network.close()
      database.close()
    },
    /** The activity once it is in the given state. */
    async activityWith(id: string, isWanted: (activity: Activity) => boolean): Promise<Activity> {
      const event = await events.find(
        (entry) => entry.kind === 'activity' && entry.activity.id === id && isWanted(entry.activity),
      )
      if (event.kind !== 'activity') throw new Error('Another event than was asked for')
      return event.activity
    },
  }
}
export type TestWallet = ReturnType<typeof openWallet>

/** Signs whatever it is asked to, as an approving user would. */
export function signEverything(signers: readonly TestSigner[]): ApprovalPort {
  return {
    async requestApproval({ accountId, transaction }) {
      const signer = signers.find(({ address }) => address === accountId)
      if (!signer) throw new AppError('account.missing')
      const unsigned = `0x${Buffer.from(transaction).toString('hex')}` as const
      const signed = await signer.signTransaction(parseTransaction(unsigned), {
        serializer: serializeTransaction,
      })
      return { status: 'signed', signedTransaction: hexToBytes(signed), transactionHash: keccak256(signed) }
    },
  }
}
