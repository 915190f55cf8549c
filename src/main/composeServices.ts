import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import type { Activity } from '../shared/contract/activity.ts'
import type { AppInfo } from '../shared/contract/app.ts'
import { createEmitter } from '../shared/contract/createEmitter.ts'
import { createRouter, type FailureObserver, type Router } from '../shared/contract/createRouter.ts'
import type { Order, OrderPreview, PlaceOutcome } from '../shared/contract/orders.ts'
import { vaultFileName } from '../shared/contract/signer.ts'
import type { SwapOffer } from '../shared/contract/swaps.ts'
import type { Recipient } from '../shared/contract/transfers.ts'
import { approvalWindowContract, mainWindowContract } from '../shared/contract/windows.ts'
import { AppError } from '../shared/errors/AppError.ts'
import { isSameAddress } from '../shared/identity/identity.ts'
import { computeValue, convertValue } from '../shared/money/computeValue.ts'
import { usdE18 } from '../shared/money/units.ts'
import { createAllowanceReader } from './adapters/chain/createAllowanceReader.ts'
import { createBalanceReader } from './adapters/chain/createBalanceReader.ts'
import { createBlockReader } from './adapters/chain/createBlockReader.ts'
import { createContractReader } from './adapters/chain/createContractReader.ts'
import { createFaucet } from './adapters/chain/createFaucet.ts'
import { createHistoryReader } from './adapters/chain/createHistoryReader.ts'
import { createLimitOrderReader } from './adapters/chain/createLimitOrderReader.ts'
import { createNameResolver } from './adapters/chain/createNameResolver.ts'
import { createNodeNetwork } from './adapters/chain/createNodeNetwork.ts'
import { createPriceHistory } from './adapters/chain/createPriceHistory.ts'
import { createPrivateFlow } from './adapters/chain/createPrivateFlow.ts'
import { createReceivedTokenReader } from './adapters/chain/createReceivedTokenReader.ts'
import { createSaleTrial } from './adapters/chain/createSaleTrial.ts'
import { createSwapNode } from './adapters/chain/createSwapNode.ts'
import { createTokenMetadataReader } from './adapters/chain/createTokenMetadataReader.ts'
import { createTokenScaleReader } from './adapters/chain/createTokenScaleReader.ts'
import { createTrackingNode } from './adapters/chain/createTrackingNode.ts'
import { createTransactionInspector } from './adapters/chain/createTransactionInspector.ts'
import { createTransferNode } from './adapters/chain/createTransferNode.ts'
import { createUsageReader } from './adapters/chain/createUsageReader.ts'
import { describeBundledList, loadRealChains } from './adapters/chain/loadRealChains.ts'
import { createPoolReader } from './adapters/chain/pools/createPoolReader.ts'
import { createSerialPoolReader } from './adapters/chain/pools/createSerialPoolReader.ts'
import { loadSwapVenues } from './adapters/chain/pools/loadSwapVenues.ts'
import { createPriceReader } from './adapters/chain/prices/createPriceReader.ts'
import { loadPriceFeeds } from './adapters/chain/prices/loadPriceFeeds.ts'
import { readChainManifest } from './adapters/chain/readChainManifest.ts'
import { writeFileAtomically } from './adapters/files/writeFileAtomically.ts'
import { openJournalFile } from './adapters/journal/openJournalFile.ts'
import { createOwnRegistry } from './adapters/registry/createOwnRegistry.ts'
import { createTradeSearch } from './adapters/search/createTradeSearch.ts'
import { createSignerClient, type SignerProcess } from './adapters/signer/createSignerClient.ts'
import { createSimulation } from './adapters/simulation/createSimulation.ts'
import type { SimulationTask } from './adapters/simulation/simulationMessages.ts'
import { createActivityStore } from './adapters/storage/createActivityStore.ts'
import { createAlertStore } from './adapters/storage/createAlertStore.ts'
import { createAllowanceStore } from './adapters/storage/createAllowanceStore.ts'
import { createBalanceStore } from './adapters/storage/createBalanceStore.ts'
import { createChainSettingsStore } from './adapters/storage/createChainSettingsStore.ts'
import { createContactStore } from './adapters/storage/createContactStore.ts'
import { createFoundTokenStore } from './adapters/storage/createFoundTokenStore.ts'
import { createHistoryStore } from './adapters/storage/createHistoryStore.ts'
import { createKnownRecipients } from './adapters/storage/createKnownRecipients.ts'
import { createMetContracts } from './adapters/storage/createMetContracts.ts'
import { createOrderStore } from './adapters/storage/createOrderStore.ts'
import { createOwnChainStore } from './adapters/storage/createOwnChainStore.ts'
import { createPegSampleStore } from './adapters/storage/createPegSampleStore.ts'
import { createPriceHistoryStore } from './adapters/storage/createPriceHistoryStore.ts'
import { createPriceSampleStore } from './adapters/storage/createPriceSampleStore.ts'
import { createSettingsStore } from './adapters/storage/createSettingsStore.ts'
import { createShelterStore } from './adapters/storage/createShelterStore.ts'
import { createSignedOrderStore } from './adapters/storage/createSignedOrderStore.ts'
import { createTokenListStore } from './adapters/storage/createTokenListStore.ts'
import { createTokenMetadataStore } from './adapters/storage/createTokenMetadataStore.ts'
import { createTokenScaleStore } from './adapters/storage/createTokenScaleStore.ts'
import { openDatabase } from './adapters/storage/openDatabase.ts'
import { monotonicMs, nowMs } from './adapters/system/clock.ts'
import { describeThrown, type Logger } from './adapters/system/createLogger.ts'
import { drawSalt, drawSeed } from './adapters/system/drawSeed.ts'
import { makeId } from './adapters/system/makeId.ts'
import { schedule } from './adapters/system/schedule.ts'
import { createTokenListSource } from './adapters/tokenLists/createTokenListSource.ts'
import { createActivityService } from './capabilities/activity/index.ts'
import { createAddressBook } from './capabilities/addressBook/index.ts'
import { createAllowancesService } from './capabilities/allowances/index.ts'
import { type ApprovalWindowPort, createApprovalsService } from './capabilities/approvals/index.ts'
import {
  createCurrencyMarkets,
  createRealWorldAssetsService,
  createRegistryService,
  createStablecoinsService,
  createTransferGuard,
  indexRegistry,
} from './capabilities/assets/index.ts'
import { createCallsService } from './capabilities/calls/index.ts'
import { createChainsService } from './capabilities/chains/index.ts'
import { createDelegationsService } from './capabilities/delegations/index.ts'
import { createDescriptorsService } from './capabilities/descriptors/index.ts'
import { createMessagesService } from './capabilities/messages/index.ts'
import { createOrdersService } from './capabilities/orders/index.ts'
import { createPaymentsService } from './capabilities/payments/index.ts'
import { createPerformanceService } from './capabilities/performance/index.ts'
import { createPortfolioService } from './capabilities/portfolio/index.ts'
import { createPricesService } from './capabilities/prices/index.ts'
import { createRulesService } from './capabilities/rules/index.ts'
import {
  type ClipboardPort,
  createFileSaver,
  createSecretClipboard,
  type FilePlacesPort,
} from './capabilities/secrets/index.ts'
import { createSettingsService, type SettingsService } from './capabilities/settings/index.ts'
import { createShelterService } from './capabilities/shelter/index.ts'
import { createSignedOrdersService } from './capabilities/signedOrders/index.ts'
import {
  createSwapsService,
  describeSwapContracts,
  listSharedContracts,
  nameSwapContract,
  nameTradeContracts,
} from './capabilities/swaps/index.ts'
import {
  createTokenDiscovery,
  createTokenListsService,
  createTokenScales,
  createTokensService,
  mergeTokens,
} from './capabilities/tokens/index.ts'
import { createAddressResolver, createTransfersService } from './capabilities/transfers/index.ts'
import { createVaultService, type VaultService } from './capabilities/vault/index.ts'
export interface Host {
  /** Folder of everything that is kept. */
  readonly dataFolder: string
  /** Where a local chain that was started beside the app describes itself. */
  readonly localChainManifest: string | undefined
  /** Service name of the keychain's entries: a development profile must never touch a real one. */
  readonly keychainService: string
  readonly appInfo: Omit<AppInfo, 'practiceAvailable' | 'vaultFile'>
  readonly logger: Logger
  readonly startSigner: () => SignerProcess
  /** The thread that searches for trades. */
  readonly startSearch: () => Worker
  /** A thread that runs transactions, for one task. */
  readonly startSimulation: (task: SimulationTask) => Worker
  readonly approvalWindow: ApprovalWindowPort
  readonly desktop: DesktopPort
  readonly sendToMainWindow: (channel: string, payload: unknown) => void
  readonly sendToApprovalWindow: (channel: string, payload: unknown) => void
}

/** What the desktop does for the main window. */
export interface DesktopPort extends FilePlacesPort {
  readonly clipboard: ClipboardPort
  /** Shows a notification of the system's, where it has any. */
  notify(title: string, body: string): void
  /** Keeps the main window out of screenshots and recordings, where the system can. */
  setSecretShown(isShown: boolean): void
}
export interface Services {
  readonly mainRouter: Router
  readonly approvalRouter: Router
  readonly settings: SettingsService
  readonly vault: Pick<VaultService, 'lock' | 'isUnlocked'>
  /** The user closed the approval window without deciding. */
  dismissApproval(): void
  /** Ends everything that runs; nothing may be asked afterwards. */
  shutDown(): void
}

/** Wires every capability to its adapters. Knows no Electron, so that tests and benchmarks can run the whole of it. */
export function composeServices(host: Host): Services {
  const { logger } = host
  const onBug = (thrown: unknown) => logger.error('bug', describeThrown(thrown))
  const after = (delayMs: number, callback: () => void) => schedule(callback, delayMs)
  const database = openDatabase(join(host.dataFolder, 'minato.sqlite'), nowMs)

  const toMain = createEmitter(mainWindowContract, host.sendToMainWindow)
  const toApproval = createEmitter(approvalWindowContract, host.sendToApprovalWindow)

  const settings = createSettingsService({
    store: createSettingsStore(database),
    onChanged(changed) {
      vault.rescheduleAutoLock()
      toMain.settings.changed(changed)
      toApproval.settings.changed(changed)
    },
  })

  const localChain =
    host.localChainManifest === undefined ? undefined : readChainManifest(host.localChainManifest)
  const practice = localChain?.practice
  const definitions = [...(localChain ? [localChain.definition] : []), ...loadRealChains()]
  const venues = loadSwapVenues(host.localChainManifest)
  const chainSettings = createChainSettingsStore(database)
  const network = createNodeNetwork({ definitions, nowMs, monotonicMs, schedule, onBug })

  const privateFlow = createPrivateFlow({
    network,
    venues,
    privateRpcUrl: (chainId) => chainSettings.read(chainId).privateRpcUrl,
    nowMs,
  })

  const vaultFolder = join(host.dataFolder, 'vault')
  const signer = createSignerClient({
    start: host.startSigner,
    config: () => ({
      vaultFolder,
      keychainService: host.keychainService,
      chains: chains.listAll().map(({ chainId, name, nativeToken, multicall3 }) => ({
        chainId,
        name,
        nativeToken,
        ...(multicall3 === undefined ? {} : { multicall3 }),
        ...describeSwapContracts(venues.find(chainId)),
      })),
      tokens: [...tokens.listAll()],
    }),
    onFault: ({ channel, name, frames }) =>
      logger.error('signer.fault', { channel, name, frames: frames.join(' < ') }),
  })

  const names = createNameResolver(network)
  const secretClipboard = createSecretClipboard({ clipboard: host.desktop.clipboard, nowMs, after })
  const rules = createRulesService({
    signer: signer.rules,
    onChanged: toMain.rules.changed,
  })

  const vault = createVaultService({
    signer,
    nowMs,
    after,
    autoLockMinutes: () => settings.get().autoLockMinutes,
    practice: practice && {
      phrase: () => new TextEncoder().encode(practice.mnemonic),
      firstAccountIndex: practice.accountIndex,
    },
    addresses: { resolve: (text) => createAddressResolver(chains, names).resolve(text) },
    usage: createUsageReader(network, () => chains),
    settings: {
      export: () =>
        JSON.stringify({
          ...settings.get(),
          ownChains: chains.exportOwn(),
          chains: chains.exportSettings(),
          tokenLists: tokenLists.exportLists(),
        }),
      import(text) {
        const kept = parseJson(text)
        settings.restore(kept)
        const { ownChains, chains: chosen, tokenLists: lists } = (kept ?? {}) as Record<string, unknown>
        chains.restoreOwn(ownChains)
        chains.restoreSettings(chosen)
        tokenLists.restoreLists(lists)
      },
    },
    onStatusChanged: toMain.vault.statusChanged,
    onDiscoveryProgressed: toMain.vault.discoveryProgressed,
    onWalletsChanged(wallets) {
      toMain.vault.walletsChanged(wallets)
      if (vault.isUnlocked()) portfolio.refresh().catch(onBug)
    },
  })

  const chains = createChainsService({
    definitions,
    network,
    store: chainSettings,
    ownChains: createOwnChainStore(database),
    faucet: createFaucet(network),
    accounts: vault,
    onDefinitionsChanged() {
      const own = chains.listAll().filter(({ isOwn }) => isOwn)
      signer.session
        .setOwnChains(own.map(({ chainId, name, nativeToken }) => ({ chainId, name, nativeToken })))
        .catch(onBug)
    },
    onListChanged: toMain.chains.listChanged,
    onStatusChanged: toMain.chains.statusChanged,
  })

  const tokenLists = createTokenListsService({
    chains,
    bundled: describeBundledList(),
    store: createTokenListStore(database),
    source: createTokenListSource(),
    nowMs,
    makeId,
    onChanged(lists) {
      toMain.tokens.listsChanged(lists)
      refreshPortfolio()
    },
  })

  const scales = createTokenScales({
    reader: createTokenScaleReader(network),
    store: createTokenScaleStore(database),
    onChanged(changed) {
      toMain.tokens.scalesChanged(changed)
      toApproval.tokens.scalesChanged(changed)
    },
  })

  const tokens = createTokensService({
    chains,
    scales,
    reader: createTokenMetadataReader(network),
    store: createTokenMetadataStore(database),
    lists: tokenLists,
  })

  const discovery = createTokenDiscovery({
    chains,
    accounts: vault,
    tokens,
    reader: createReceivedTokenReader(network),
    trial: createSaleTrial({
      network,
      venues,
      pools: createSerialPoolReader(createPoolReader(network)),
      node: createSwapNode(network),
    }),
    store: createFoundTokenStore(database),
    nowMs,
    onChanged(judgements) {
      toMain.tokens.judgementsChanged(judgements)
      refreshPortfolio()
    },
    onBug,
  })

  function refreshPortfolio(): void {
    if (vault.isUnlocked()) portfolio.refresh().catch(onBug)
  }

  const portfolio = createPortfolioService({
    chains,
    tokens: {
      confirmListed: tokens.confirmListed,
      list: (chainId) => mergeTokens(tokens.listTracked(chainId), discovery.listShown(chainId)),
    },
    scales,
    accounts: vault,
    reader: createBalanceReader(network),
    store: createBalanceStore(database),
    schedule,
    onChanged: toMain.portfolio.changed,
    onBug,
  })

  const prices = createPricesService({
    chains,
    tokens,
    listHeld: portfolio.listHeld,
    venues,
    feeds: loadPriceFeeds(host.localChainManifest),
    // A reader of its own: swaps and prices stand at different blocks.
    reader: createPriceReader(network, createPoolReader(network)),
    samples: createPriceSampleStore(database),
    nowMs,
    schedule,
    onChanged: toMain.prices.changed,
    onHistoryChanged: () => toMain.prices.historyChanged(undefined),
    onBug,
  })

  const transferNode = createTransferNode(network)
  const knownRecipients = createKnownRecipients(database)
  const approvals = createApprovalsService({
    signer: signer.signing,
    inspector: createTransactionInspector(network, createSimulation(host.startSimulation, onBug)),
    knowledge: {
      async findToken(token) {
        try {
          return await tokens.resolve(token)
        } catch (thrown) {
          // Not every contract that moves something is a token, and not every node answers.
          if (thrown instanceof AppError && /^(token|chain)\./.test(thrown.code)) return undefined
          throw thrown
        }
      },
      nameContracts: (chainId, moved) => nameTradeContracts(venues.find(chainId), moved),
      ownNameOf: async (address) =>
        (await vault.listAccounts()).find((account) => isSameAddress(account.address, address))?.name,
      priceOf(token) {
        const price = prices.find(token)
        return price?.state === 'known' ? price.usd : undefined
      },
      findRate() {
        const { referenceCurrency } = settings.get()
        const rate = prices.findRate(referenceCurrency)
        return rate && { currency: referenceCurrency, usd: rate.usd }
      },
      holdsCode: async (chainId, address) => {
        const code = await transferNode.readCode(chainId, address)
        // An account that was delegated (EIP-7702) is still a person's.
        return code !== '0x' && !code.startsWith('0xef0100')
      },
      listRecipients: knownRecipients.list,
    },
    metContracts: createMetContracts(database),
    signsUnknown: () => settings.get().signsUnknown,
    window: host.approvalWindow,
    nowMs,
    after,
    onChanged: toApproval.approvals.changed,
  })

  const addressBook = createAddressBook({
    store: createContactStore(database),
    resolve: (text) => createAddressResolver(chains, names).resolve(text),
    nowMs,
    onChanged: toMain.addressBook.changed,
  })

  const activity = createActivityService({
    chains,
    scales,
    accounts: vault,
    store: createActivityStore(database),
    node: createTrackingNode(network),
    privateChannel: privateFlow,
    blocks: {
      reader: createBlockReader(network),
      sharedContracts: (chainId) => listSharedContracts(venues.find(chainId)),
    },
    replacing: { node: transferNode, approvals },
    history: {
      reader: createHistoryReader(network),
      store: createHistoryStore(database),
      tokens,
      listKnownAddresses: () => [...knownRecipients.list(), ...addressBook.listAddresses()],
      nameOf: (chainId, address) => nameSwapContract(venues.find(chainId), address),
      findNamed: addressBook.findNamed,
    },
    worthThen() {
      const { referenceCurrency: currency } = settings.get()
      return {
        currency,
        find(token, units, atMs) {
          const price = prices.findPast(token.ref, atMs)
          const rate = currency === 'USD' ? usdE18(10n ** 18n) : prices.findPastRate(currency, atMs)?.usd
          return price && rate && convertValue(computeValue(units, token.decimals, price.usd), rate)
        },
      }
    },
    nowMs,
    makeId,
    schedule,
    onChanged(changed) {
      toMain.activity.changed(changed)
      orders.noteActivity(changed)
      signedOrders.noteActivity(changed)
      shelter.noteActivity(changed)
    },
    onBug,
  })

  const { registry, own } = createOwnRegistry(join(host.dataFolder, 'registry'), host.localChainManifest)
  const registryIndex = indexRegistry(registry)
  const allowances = createAllowancesService({
    chains,
    tokens,
    accounts: vault,
    reader: createAllowanceReader(network),
    store: createAllowanceStore(database),
    node: transferNode,
    approvals,
    journal: activity,
    permit2Of: (chainId) => venues.find(chainId)?.permit2,
    usualSpenders(chainId) {
      const { permit2, limitOrderProtocol } = venues.find(chainId) ?? {}
      return [permit2, limitOrderProtocol].filter((address) => address !== undefined)
    },
    nameOf: (chainId, address) => nameSwapContract(venues.find(chainId), address),
    nowMs,
    makeId,
  })

  const search = createTradeSearch(host.startSearch)
  const assets = {
    registry,
    chains,
    tokens,
    accounts: vault,
    portfolio,
    venues,
    pools: createSerialPoolReader(createPoolReader(network)),
    search,
    reader: createContractReader(network),
    samples: createPegSampleStore(database),
    alerts: createAlertStore(database),
    nowMs,
    makeId,
    onBug,
  }
  const assetGuard = createTransferGuard(assets, registryIndex)
  const stablecoins = createStablecoinsService(
    { ...assets, onAlertsChanged: toMain.stablecoins.alertsChanged },
    registryIndex,
  )
  const realWorldAssets = createRealWorldAssetsService(assets, registryIndex)

  const transfers = createTransfersService({
    chains,
    tokens,
    accounts: vault,
    node: transferNode,
    names,
    approvals,
    journal: activity,
    knownRecipients,
    contacts: addressBook,
    assetGuard,
    nowMs,
    makeId,
    onBug,
  })

  const trading = {
    search,
    chains,
    tokens,
    accounts: vault,
    venues,
    reader: createPoolReader(network),
    history: createPriceHistory(network, createPriceHistoryStore(database)),
    node: createSwapNode(network),
    accountNode: transferNode,
    privateFlow,
    assetGuard,
    journal: activity,
    nowMs,
    makeId,
  }
  const swaps = createSwapsService({
    ...trading,
    approvals,
    onQuoteOutdated: toMain.swaps.quoteOutdated,
  })

  const signedOrders = createSignedOrdersService({
    ...trading,
    reader: createSerialPoolReader(createPoolReader(network)),
    store: createSignedOrderStore(database),
    limitOrders: createLimitOrderReader(network),
    approvals,
    drawSalt,
    findActivity: activity.find,
    onChanged: toMain.offers.changed,
    onRemoved: toMain.offers.removed,
    onFilled: toMain.offers.filled,
    onBug,
  })

  const orders = createOrdersService({
    ...trading,
    peers: signedOrders,
    // Of its own: it reads every block, and must not wait for what the user looks at.
    reader: createSerialPoolReader(createPoolReader(network)),
    store: createOrderStore(database),
    signer: approvals,
    rules: {
      list: () => signer.rules.list(),
      async request(scope) {
        const outcome = await approvals.requestMessage({ kind: 'rule', scope })
        return outcome.status === 'signed' ? outcome.rule : undefined
      },
      revoke: async (ruleId) => toMain.rules.changed(await signer.rules.revoke({ ruleId })),
    },
    openJournal: () => openJournalFile(join(host.dataFolder, 'orders.journal')),
    drawSeed,
    onChanged: toMain.orders.changed,
    onFilled: toMain.orders.filled,
    onBug,
  })

  const payments = createPaymentsService({
    chains,
    scales,
    accounts: vault,
    portfolio,
    markets: createCurrencyMarkets(assets, registryIndex),
    recipients: {
      resolve: async (chainId, text) => (await transfers.resolveRecipient({ chainId, text })) as Recipient,
    },
    swaps: { quote: async (request) => (await swaps.quote(request)) as SwapOffer },
    assetGuard,
  })

  const shelter = createShelterService({
    chains,
    tokens,
    portfolio,
    swaps: {
      quote: async (request) => (await swaps.quote(request)) as SwapOffer,
      execute: async (request) => swaps.execute(request),
    },
    orders: {
      preview: async (request) => (await orders.handlers.preview(request)) as OrderPreview,
      place: async (request) => (await orders.handlers.place(request)) as PlaceOutcome,
      cancel: async (request) => (await orders.handlers.cancel(request)) as Order,
    },
    activity: {
      listNewest: async (accountId) =>
        (await activity.handlers.list({ accountId, limit: 50 })).items as Activity[],
    },
    store: createShelterStore(database),
    readGasPrice: assets.reader.readGasPrice,
    nowMs,
    makeId,
    onPlanChanged: toMain.shelter.planChanged,
    onBug,
  })

  // While locked nothing is asked of any node: who owns which accounts is nobody's business then.
  vault.onUnlocked(() => {
    chains.start()
    activity.start()
    swaps.start()
    stablecoins.watch.start()
    signedOrders.start()
    orders.start()
    prices.start()
    discovery.start()
    portfolio.start().catch(onBug)
  })
  vault.onLocked(() => {
    secretClipboard.clear().catch(onBug)
    host.desktop.setSecretShown(false)
    approvals.dismiss()
    transfers.forgetPreviews()
    allowances.forget()
    swaps.stop()
    stablecoins.watch.stop()
    orders.stop()
    discovery.stop()
    signedOrders.stop()
    prices.stop()
    portfolio.stop()
    activity.stop()
    chains.stop()
  })

  const observeFailure: FailureObserver = (channel, failure, thrown) => {
    if (failure.code === 'internal') logger.error('request.failed', { channel, ...describeThrown(thrown) })
    else logger.info('request.refused', { channel, code: failure.code })
  }
  const appInfo = {
    ...host.appInfo,
    practiceAvailable: practice !== undefined,
    vaultFile: join(vaultFolder, vaultFileName),
  }
  const app = {
    getInfo: () => appInfo,
    noteActivity() {
      vault.noteActivity()
      return undefined
    },
  }
  const mainApp = {
    ...app,
    copySecret: ({ secret }: { secret: Uint8Array }) => secretClipboard.copy(secret),
    notify({ title, body }: { title: string; body: string }) {
      host.desktop.notify(title, body)
      return undefined
    },
    setSecretShown({ isShown }: { isShown: boolean }) {
      host.desktop.setSecretShown(isShown)
      return undefined
    },
    ...createFileSaver({ desktop: host.desktop, write: writeFileAtomically }),
  }

  return {
    mainRouter: createRouter(
      mainWindowContract,
      {
        app: mainApp,
        settings: { get: () => settings.get(), update: settings.update },
        vault: vault.handlers,
        rules: rules.handlers,
        messages: createMessagesService({ approvals }),
        delegations: createDelegationsService({
          chains,
          accounts: vault,
          node: transferNode,
          approvals,
          journal: activity,
        }),
        descriptors: createDescriptorsService({ signer: signer.descriptors, accounts: vault, approvals }),
        calls: createCallsService({
          chains,
          accounts: vault,
          node: transferNode,
          approvals,
          journal: activity,
        }),
        chains,
        tokens: {
          list: ({ chainId }) => [...tokens.list(chainId)],
          resolve: tokens.resolve,
          listScales: scales.list,
          ...tokenLists.handlers,
          ...discovery.handlers,
        },
        portfolio,
        performance: createPerformanceService({
          chains,
          accounts: vault,
          portfolio,
          activity,
          prices,
          nowMs,
        }),
        prices: prices.handlers,
        transfers,
        payments,
        addressBook: addressBook.handlers,
        swaps,
        orders: orders.handlers,
        offers: signedOrders.handlers,
        activity: activity.handlers,
        allowances,
        stablecoins: stablecoins.handlers,
        realWorldAssets,
        registry: createRegistryService(assets, registryIndex, own),
        shelter: shelter.handlers,
      },
      observeFailure,
    ),
    approvalRouter: createRouter(
      approvalWindowContract,
      {
        app,
        settings: { get: () => settings.get() },
        tokens: { listScales: scales.list },
        approvals: approvals.handlers,
      },
      observeFailure,
    ),
    settings,
    vault,
    dismissApproval: approvals.dismiss,
    shutDown() {
      secretClipboard.clear().catch(onBug)
      approvals.dismiss()
      vault.shutDown()
      orders.close()
      search.close()
      signedOrders.stop()
      prices.stop()
      portfolio.stop()
      activity.stop()
      chains.stop()
      privateFlow.close()
      network.close()
      database.close()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Settings of a backup that cannot be read cost nothing but themselves.
    return undefined
  }
}
