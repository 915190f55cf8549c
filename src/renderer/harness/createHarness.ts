import type { Activity, HistoryGap } from '../../shared/contract/activity.ts'
import type { Contact } from '../../shared/contract/addressBook.ts'
import type { Approval, TransactionApproval } from '../../shared/contract/approvals.ts'
import type { Chain, ChainStatus } from '../../shared/contract/chains.ts'
import { createApi } from '../../shared/contract/createApi.ts'
import { createEmitter } from '../../shared/contract/createEmitter.ts'
import { createRouter, type Handlers } from '../../shared/contract/createRouter.ts'
import type { Portfolio } from '../../shared/contract/portfolio.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import type { SigningIntent } from '../../shared/contract/signing.ts'
import {
  feeSpeeds,
  type Recipient,
  type SendOutcome,
  type TransferPreview,
} from '../../shared/contract/transfers.ts'
import type { VaultStatus } from '../../shared/contract/vault.ts'
import { approvalWindowContract, mainWindowContract } from '../../shared/contract/windows.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { AccountId, Address, ChainId, Hash } from '../../shared/identity/identity.ts'
import { isSameAddress, tokenKey } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'
import { baseUnits, gasUnits, wei } from '../../shared/money/units.ts'
import type { ApprovalApi } from '../api/approvalApi.ts'
import type { MainApi } from '../api/mainApi.ts'
import { createHarnessAllowances } from './createHarnessAllowances.ts'
import { createHarnessAssets } from './createHarnessAssets.ts'
import { createHarnessOrders } from './createHarnessOrders.ts'
import { createHarnessPerformance } from './createHarnessPerformance.ts'
import { harnessPrice, harnessPriceBook, harnessPriceHistory } from './createHarnessPrices.ts'
import { createHarnessSignedOrders } from './createHarnessSignedOrders.ts'
import { createHarnessSwaps, type HarnessSwapOptions } from './createHarnessSwaps.ts'
import { createHarnessTokenLists } from './createHarnessTokenLists.ts'
import {
  harnessAddresses as addresses,
  createHarnessVault,
  type HarnessVaultOptions,
} from './createHarnessVault.ts'
import {
  ethereumChainId,
  harnessHoldings,
  harnessLoad,
  harnessScales,
  harnessTokens,
  nativeToken,
  practiceChainId,
} from './harnessTokens.ts'

export interface HarnessOptions extends HarnessVaultOptions {
  /** A part of the history was too much to be read at once. */
  readonly hasHistoryGap?: boolean
  /** Three orders pay each other. */
  readonly hasRing?: boolean
  /** What was approved of orders has ended, and where it is asked for anew it is declined, then given. */
  readonly hasLostRules?: boolean
  /** A signed order by somebody else. */
  readonly hasOffer?: boolean
  readonly settings?: Partial<Settings>
  readonly host?: 'electron' | 'stand-in'
  readonly isPracticeAvailable?: boolean
  readonly isEmpty?: boolean
  readonly health?: ChainStatus['health']
  readonly hasFailure?: boolean
  readonly nowMs?: number
  readonly swaps?: HarnessSwapOptions
  /** So many tokens more, held by so many accounts, to see how the screens bear them. */
  readonly load?: { readonly tokens: number; readonly accounts: number }
}

export interface Harness {
  readonly mainApi: MainApi
  readonly approvalApi: ApprovalApi
  /** Mines a block: the portfolio and the status line follow, and what is pending is confirmed. */
  readonly mineBlock: () => void
  /** What the other side was asked, without the arguments, which may be secret. */
  readonly calls: readonly string[]
  readonly setStatus: (changes: Partial<VaultStatus>) => void
  readonly clipboard: () => string | undefined
  /** What was saved, by its name. */
  readonly savedFiles: ReadonlyMap<string, Uint8Array>
  /** Of a transfer of 25 of a token that the harness knows, or of something else. */
  readonly requestApproval: (asked?: { symbol?: string; kind?: 'revocation' | 'multiSend' }) => void
}

const hana: Address = '0x7aB1c09F2d4E5a6b8C7d9E0f1A2b3C4d5E6f7890'

/**
 * The other side of both windows, in memory, through the real contract: for tests of the screens and for looking at them.
 *
 * It keeps the services' rules only as far as the screens can tell.
 */
export function createHarness(options: HarnessOptions = {}): Harness {
  const nowMs = () => options.nowMs ?? Date.now()
  const calls: string[] = []
  let settings: Settings = {
    language: 'en',
    theme: 'system',
    referenceCurrency: 'USD',
    density: 'comfortable',
    autoLockMinutes: 10,
    exchangeFeeBps: 10,
    signsUnknown: false,
    costMethod: 'fifo',
    ...options.settings,
  }
  let chains: Chain[] = [
    {
      chainId: practiceChainId,
      name: 'Local chain',
      kind: 'practice',
      nativeSymbol: 'ETH',
      enabled: true,
      rpcUrls: ['http://127.0.0.1:8545'],
      hasFaucet: true,
      isOwn: false,
      blockTimeSeconds: 2,
    },
    {
      chainId: ethereumChainId,
      name: 'Ethereum',
      kind: 'real',
      nativeSymbol: 'ETH',
      enabled: false,
      rpcUrls: ['https://node-one.example', 'https://node-two.example'],
      hasFaucet: false,
      isOwn: false,
      blockTimeSeconds: 12,
    },
  ]
  let blockNumber = 12_847n
  let blockTimestampMs = nowMs()
  let isEmpty = options.isEmpty ?? false
  let activity: Activity[] = isEmpty ? [] : pastActivity(nowMs())
  let historyGaps: HistoryGap[] = options.hasHistoryGap
    ? [
        {
          chainId: practiceChainId,
          accountId: 'account-0' as AccountId,
          firstBlock: 11_000n,
          lastBlock: 11_998n,
          firstMs: nowMs() - 90_000_000,
          lastMs: nowMs() - 40_000_000,
        },
      ]
    : []
  let contacts: Contact[] = []
  const previews = new Map<string, TransferPreview>()
  let approval: Approval | null = null
  let settle: ((isApproved: boolean) => SendOutcome) | undefined
  let resolveSend: ((outcome: SendOutcome) => void) | undefined
  const listeners = new Map<string, Set<(payload: unknown) => void>>()

  const tell = (channel: string, payload: unknown) => {
    for (const listener of listeners.get(channel) ?? []) listener(structuredClone(payload))
  }
  const events = createEmitter(mainWindowContract, tell)
  const approvalEvents = createEmitter(approvalWindowContract, tell)
  const keys = createHarnessVault(options, {
    nowMs,
    tellStatus: (status) => events.vault.statusChanged(status),
    tellWallets: (wallets) => events.vault.walletsChanged(wallets),
    tellRules: (rules) => events.rules.changed(rules),
  })
  const portfolio = (): Portfolio => ({
    chains: [
      {
        chainId: practiceChainId,
        blockNumber,
        blockTimestampMs,
        balances: keys
          .accounts()
          .flatMap((account, index) =>
            harnessHoldings.map(({ token, held }) => ({
              accountId: account.id,
              token,
              units: baseUnits(isEmpty ? 0n : held / 10n ** BigInt(index)),
            })),
          )
          .filter(({ token, units }) => units > 0n || token.ref.address === 'native')
          .concat(options.load ? harnessLoad(options.load, blockNumber) : []),
      },
    ],
    failures: options.hasFailure
      ? [
          {
            chainId: ethereumChainId,
            error: { code: 'chain.unreachable', params: { node: 'node-one.example' }, retryable: true },
          },
        ]
      : [],
  })
  const chainStatuses = (): ChainStatus[] => [
    {
      chainId: practiceChainId,
      health: options.health ?? 'ok',
      blockNumber,
      blockTimestampMs,
      latencyMs: 3.2,
      checkedAtMs: nowMs(),
      node: '127.0.0.1:8545',
    },
  ]
  const swaps = createHarnessSwaps(options.swaps ?? {}, {
    nowMs,
    blockNumber: () => blockNumber,
    blockTimestampMs: () => blockTimestampMs,
    held: (token) => (isEmpty ? 0n : (harnessHoldings.find((entry) => entry.token === token)?.held ?? 0n)),
  })
  const mineBlock = () => {
    blockNumber += 1n
    blockTimestampMs = nowMs()
    const quoteId = swaps.newestQuoteId()
    if (quoteId !== undefined) events.swaps.quoteOutdated({ quoteId, blockNumber })
    for (const chainStatus of chainStatuses()) events.chains.statusChanged(chainStatus)
    if (keys.status().state === 'unlocked') events.portfolio.changed(portfolio())
    activity = activity.map((entry) => {
      if (entry.status !== 'pending') return entry
      const confirmed = confirm(entry, blockNumber, blockTimestampMs)
      events.activity.changed(confirmed)
      return confirmed
    })
  }
  /** A transaction that is on its way from now on. */
  const begin = (
    sent: Pick<Activity, 'chainId' | 'accountId' | 'to' | 'token' | 'units' | 'nonce'> & Partial<Activity>,
  ): SendOutcome => {
    const entry: Activity = {
      id: `activity-${activity.length + 1}`,
      kind: 'send',
      status: 'pending',
      from: addresses[0] ?? hana,
      transactionHash: hashOf(activity.length + 1),
      createdAtMs: nowMs(),
      ...sent,
    }
    activity = [entry, ...activity]
    events.activity.changed(entry)
    return { status: 'sent', activityId: entry.id }
  }
  const resolveRecipient = (text: string): Recipient => {
    const own = keys.accounts()
    if (text.endsWith('.eth')) {
      if (text !== 'hana.eth') throw new AppError('name.notFound', { name: text })
      return { address: hana, ensName: text, isContract: false, isKnown: false }
    }
    if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new AppError('address.invalid', { reason: 'format' })
    const account = own.find((candidate) => isSameAddress(candidate.address, text as Address))
    return {
      address: text as Address,
      isKnown: false,
      isContract: harnessHoldings.some(({ token }) => token.ref.address === text),
      ...(account ? { ownAccountName: account.name } : {}),
    }
  }

  const appHandlers = {
    getInfo: () => ({
      version: '0.1.0',
      platform: 'linux',
      host: options.host ?? ('electron' as const),
      practiceAvailable: options.isPracticeAvailable ?? true,
      vaultFile: '/home/hana/.config/minato/vault/vault.minato',
      systemLanguages: ['en'],
    }),
    noteActivity: () => undefined,
  }
  const mainHandlers: Handlers<typeof mainWindowContract> = {
    app: { ...appHandlers, ...keys.files, notify: () => undefined },
    settings: {
      get: () => settings,
      update: (changes) => {
        settings = { ...settings, ...(changes as Partial<Settings>) }
        events.settings.changed(settings)
        return settings
      },
    },
    vault: keys.vault,
    rules: keys.rules,
    messages: keys.messages,
    delegations: keys.delegations,
    descriptors: { list: () => [], add: () => ({ status: 'rejected' }), remove: () => [] },
    calls: { send: () => ({ status: 'rejected' }) },
    chains: {
      list: () => chains,
      listStatus: chainStatuses,
      setEnabled: ({ chainId, enabled }) => {
        chains = chains.map((chain) => (chain.chainId === chainId ? { ...chain, enabled } : chain))
        events.chains.listChanged(chains)
        return chains
      },
      setRpcUrls: ({ chainId, rpcUrls }) => {
        const wrong = rpcUrls.find((url) => !/^https?:\/\//.test(url))
        if (wrong !== undefined) throw new AppError('chain.invalidRpcUrl', { reason: 'syntax' })
        chains = chains.map((chain) => (chain.chainId === chainId ? { ...chain, rpcUrls } : chain))
        events.chains.listChanged(chains)
        return chains
      },
      setPrivateRpcUrl: ({ chainId, url }) => {
        if (url !== '' && !/^https?:\/\//.test(url)) {
          throw new AppError('chain.invalidRpcUrl', { reason: 'syntax' })
        }
        chains = chains.map(({ privateRpcUrl: _, ...chain }) =>
          chain.chainId === chainId && url !== '' ? { ...chain, privateRpcUrl: url } : chain,
        )
        events.chains.listChanged(chains)
        return chains
      },
      add: ({ chainId, chainName, nativeCurrency, rpcUrls }) => {
        if (chains.some((chain) => chain.chainId === chainId)) throw new AppError('chain.alreadyKnown')
        chains = [
          ...chains,
          {
            chainId,
            name: chainName,
            kind: 'real',
            nativeSymbol: nativeCurrency.symbol,
            enabled: true,
            rpcUrls,
            hasFaucet: false,
            isOwn: true,
            blockTimeSeconds: 5,
          },
        ]
        events.chains.listChanged(chains)
        return chains
      },
      remove: ({ chainId }) => {
        chains = chains.filter((chain) => chain.chainId !== chainId)
        events.chains.listChanged(chains)
        return chains
      },
      requestPracticeFunds: () => {
        isEmpty = false
        mineBlock()
        return { transactionHashes: [hashOf(1)] }
      },
    },
    tokens: {
      list: ({ chainId }) => harnessTokens.filter(({ ref }) => ref.chainId === chainId),
      resolve: (ref) => {
        const token = harnessTokens.find((candidate) => tokenKey(candidate.ref) === tokenKey(ref))
        if (!token) throw new AppError('token.unknown')
        return token
      },
      ...createHarnessTokenLists(nowMs, {
        tellLists: (lists) => events.tokens.listsChanged(lists),
        tellJudgements: (judgements) => events.tokens.judgementsChanged(judgements),
      }),
    },
    allowances: createHarnessAllowances({
      nowMs,
      accountId: () => keys.accounts()[0]?.id,
      isEmpty: () => isEmpty,
    }),
    addressBook: {
      list: () => contacts,
      save: ({ address, name, note }) => {
        const contact: Contact = {
          address: resolveRecipient(address).address,
          name,
          ...(note ? { note } : {}),
          savedAtMs: nowMs(),
        }
        contacts = [...contacts.filter((each) => !isSameAddress(each.address, contact.address)), contact]
        events.addressBook.changed(contacts)
        return contact
      },
      remove: ({ address }) => {
        contacts = contacts.filter((each) => !isSameAddress(each.address, address))
        events.addressBook.changed(contacts)
        return undefined
      },
    },
    portfolio: { get: portfolio },
    prices: {
      get: () => harnessPriceBook(nowMs()),
      follow: ({ tokens }) => tokens.map((ref) => harnessPrice(ref, nowMs())),
      getHistory: (request) => harnessPriceHistory(request, nowMs()),
    },
    transfers: {
      resolveRecipient: ({ text }) => resolveRecipient(text),
      preview: (request) => {
        const holding = harnessHoldings.find(({ token }) => tokenKey(token.ref) === tokenKey(request.token))
        if (!holding) throw new AppError('token.unknown')
        const { token, held } = holding
        const maximum = wei(21_000n * 20_000_000_000n)
        const isNative = token.ref.address === 'native'
        const units =
          request.amount === 'max'
            ? baseUnits(isNative ? held - maximum : held)
            : parseUnits(request.amount, token.decimals)
        const recipient = resolveRecipient(request.recipient)
        const preview: TransferPreview = {
          previewId: `preview-${previews.size + 1}`,
          expiresAtMs: nowMs() + 60_000,
          chainId: request.token.chainId,
          accountId: request.accountId,
          token,
          units,
          recipient,
          fee: {
            gasLimit: gasUnits(21_000n),
            maxFeePerGas: wei(20_000_000_000n),
            maxPriorityFeePerGas: wei(1_000_000_000n),
            expected: wei(21_000n * 11_000_000_007n),
            maximum,
          },
          feeOptions: feeSpeeds.map((speed, index) => ({
            speed,
            expected: wei(21_000n * 11_000_000_007n * BigInt(index + 1)),
            maximum: wei(21_000n * 20_000_000_000n * BigInt(index + 1)),
            waitSeconds: 24 >> index,
          })),
          nonce: 14,
          simulation: {
            blockNumber,
            gasUsed: gasUnits(21_000n),
            changes: [
              { address: addresses[0] ?? hana, token, delta: -units },
              { address: recipient.address, token, delta: units },
            ],
          },
          balanceAfter: baseUnits(held - units),
          nativeBalanceAfter: wei(9_000_000_000_000_000_000n),
          warnings: recipient.isContract ? ['recipientIsContract'] : ['recipientIsNew'],
        }
        previews.set(preview.previewId, preview)
        return preview
      },
      previewMany: ({ payments, chainId, accountId }) => {
        const paid = payments.map(({ recipient, amount }) => ({
          recipient: resolveRecipient(recipient),
          units: parseUnits(amount, 18),
        }))
        const units = paid.reduce((sum, payment) => sum + payment.units, 0n)
        return {
          previewId: 'many-1',
          expiresAtMs: nowMs() + 120_000,
          chainId,
          accountId,
          token: nativeToken,
          payments: paid,
          units: baseUnits(units),
          fee: { expected: wei(90_000n * 12_000_000_000n), maximum: wei(90_000n * 30_000_000_000n) },
          balanceAfter: baseUnits(5n * 10n ** 18n),
        }
      },
      sendMany: () => ({ status: 'rejected' }),
      send: ({ previewId }) => {
        const preview = previews.get(previewId)
        if (!preview) throw new AppError('transfer.previewExpired')
        previews.delete(previewId)
        approval = approvalOf(preview, nowMs())
        settle = (isApproved) => {
          if (!isApproved) return { status: 'rejected' }
          return begin({
            chainId: preview.chainId,
            accountId: preview.accountId,
            to: preview.recipient.address,
            token: preview.token,
            units: preview.units,
            nonce: preview.nonce,
            ...(preview.recipient.ensName === undefined
              ? {}
              : { toName: preview.recipient.ensName, toNameFrom: 'ens' as const }),
          })
        }
        approvalEvents.approvals.changed(approval)
        return new Promise<SendOutcome>((resolve) => {
          resolveSend = resolve
        })
      },
    },
    swaps: {
      quote: swaps.quote,
      execute: ({ quoteId }) => {
        const quote = swaps.take(quoteId)
        approval = approvalOf(
          {
            chainId: quote.chainId,
            accountId: quote.accountId,
            token: quote.sell,
            units: quote.sellUnits,
            recipient: { address: hana, isContract: true, isKnown: true },
            nonce: 14,
          },
          nowMs(),
        )
        settle = (isApproved) => {
          if (!isApproved) return { status: 'rejected' }
          return begin({
            chainId: quote.chainId,
            accountId: quote.accountId,
            to: hana,
            token: quote.sell,
            units: quote.sellUnits,
            nonce: 14,
          })
        }
        approvalEvents.approvals.changed(approval)
        return new Promise<SendOutcome>((resolve) => {
          resolveSend = resolve
        })
      },
      cancel: ({ activityId }) => {
        const entry = activity.find(({ id }) => id === activityId)
        if (entry?.status !== 'pending') return false
        const withdrawn: Activity = { ...entry, status: 'unsent' }
        activity = activity.map((known) => (known.id === activityId ? withdrawn : known))
        events.activity.changed(withdrawn)
        return true
      },
      getDepth: swaps.getDepth,
      getExposure: swaps.getExposure,
    },
    orders: createHarnessOrders({
      nowMs,
      hasRing: options.hasRing ?? false,
      hasLostRules: options.hasLostRules ?? false,
      onChanged: events.orders.changed,
    }),
    offers: createHarnessSignedOrders({
      nowMs,
      hasOffer: options.hasOffer ?? false,
      begin,
      onChanged: events.offers.changed,
    }),
    performance: createHarnessPerformance({ nowMs, isEmpty: () => isEmpty }),
    activity: {
      listProtection: () => {
        const [entry] = harnessTokens.filter(({ symbol }) => symbol === 'USDC')
        if (!entry || !activity.some(({ id }) => id.startsWith('activity-trade'))) return []
        return [
          {
            month: '2026-11',
            trades: 1,
            privately: 1,
            attacked: 0,
            unexamined: 0,
            lost: [],
            spared: [{ token: entry, units: baseUnits(12_400_000n) }],
            worth: { currency: 'USD', lost: 0n, spared: 12_400_000_000_000_000_000n, unpriced: 0 },
          },
        ]
      },
      find: ({ activityId }) => activity.find(({ id }) => id === activityId) ?? null,
      countSuspicious: () => ({ count: activity.filter(({ suspicion }) => suspicion).length }),
      annotate: ({ activityId, ...note }) => {
        const entry = activity.find(({ id }) => id === activityId)
        if (!entry) throw new AppError('activity.missing')
        const noted = { ...entry, ...note }
        activity = activity.map((known) => (known.id === activityId ? noted : known))
        events.activity.changed(noted)
        return noted
      },
      exportCsv: ({ format }) => ({
        suggestedName: `minato-${format}.csv`,
        content: new TextEncoder().encode('Date\r\n'),
      }),
      previewReplacement: ({ kind }) => ({
        previewId: 'replacement-1',
        expiresAtMs: nowMs() + 120_000,
        kind,
        chainId: practiceChainId,
        nonce: 14,
        fee: {
          maxFeePerGas: wei(30_000_000_000n),
          expected: wei(21_000n * 12_000_000_000n),
          maximum: wei(21_000n * 30_000_000_000n),
        },
        replacedMaximum: wei(21_000n * 20_000_000_000n),
      }),
      replace: () => ({ status: 'rejected' }),
      listNonceGaps: () => [],
      listHistoryGaps: () => historyGaps,
      readHistoryGap: ({ lastBlock }) => {
        historyGaps = historyGaps.filter((gap) => gap.lastBlock !== lastBlock)
        return undefined
      },
      list: ({ accountId, cursor, limit, search = '', kinds, suspicious }) => {
        const matching = activity.filter(
          (entry) =>
            (accountId === undefined || entry.accountId === accountId) &&
            (kinds === undefined || kinds.includes(entry.kind)) &&
            (entry.suspicion !== undefined) === (suspicious === 'only') &&
            JSON.stringify([entry.token.symbol, entry.toName, entry.note])
              .toLowerCase()
              .includes(search.toLowerCase()),
        )
        const start = Number(cursor ?? 0)
        const items = matching.slice(start, start + limit)
        return start + limit < matching.length ? { items, nextCursor: String(start + limit) } : { items }
      },
    },
    ...createHarnessAssets({ nowMs, accountId: () => keys.accounts()[0]?.id }),
  }
  const decide = (isApproved: boolean) => {
    const outcome = settle?.(isApproved)
    approval = null
    approvalEvents.approvals.changed(null)
    if (outcome) resolveSend?.(outcome)
    return undefined
  }
  const approvalHandlers: Handlers<typeof approvalWindowContract> = {
    app: appHandlers,
    settings: { get: () => settings },
    tokens: { listScales: () => harnessScales },
    approvals: {
      getCurrent: () => approval,
      approve: () => decide(true),
      reject: () => decide(false),
    },
  }

  const transportTo = (router: ReturnType<typeof createRouter>) => ({
    async request(channel: string, input: unknown) {
      calls.push(channel.replace('minato:', ''))
      return structuredClone(await router.handle(channel, structuredClone(input)))
    },
    subscribe(channel: string, listener: (payload: unknown) => void) {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(listener))
      return () => {
        set.delete(listener)
      }
    },
  })
  const requestApproval: Harness['requestApproval'] = ({ symbol, kind } = {}) => {
    const asked = harnessHoldings.find(({ token }) => token.symbol === symbol) ?? harnessHoldings[3]
    const token = asked?.token ?? nativeToken
    const transfer = approvalOf(
      {
        chainId: practiceChainId,
        accountId: 'account-0' as AccountId,
        token,
        units: baseUnits(25n * 10n ** BigInt(token.decimals)),
        recipient: { address: hana, ensName: 'hana.eth', isContract: false, isKnown: true },
        nonce: 14,
      },
      nowMs(),
    )
    approval = kind ? withIntent(transfer, intentOf(kind, token)) : transfer
    approvalEvents.approvals.changed(approval)
  }
  return {
    mainApi: createApi(mainWindowContract, transportTo(createRouter(mainWindowContract, mainHandlers))),
    approvalApi: createApi(
      approvalWindowContract,
      transportTo(createRouter(approvalWindowContract, approvalHandlers)),
    ),
    mineBlock,
    calls,
    setStatus: keys.setStatus,
    clipboard: keys.clipboard,
    savedFiles: keys.savedFiles,
    requestApproval,
  }
}

function hashOf(number: number): Hash {
  return `0x${number.toString(16).padStart(4, '0').repeat(16)}`
}

function confirm(entry: Activity, blockNumber: bigint, blockTimestampMs: number): Activity {
  return {
    ...entry,
    status: 'confirmed',
    receipt: {
      blockNumber,
      blockTimestampMs,
      gasUsed: gasUnits(21_000n),
      effectiveGasPrice: wei(11_000_000_007n),
      fee: wei(21_000n * 11_000_000_007n),
      confirmations: 1,
    },
  }
}

function pastActivity(nowMs: number): Activity[] {
  const statuses = ['confirmed', 'failed', 'confirmed', 'replaced', 'unsent'] as const
  return statuses.map((status, index) => {
    const { token } = harnessHoldings[index * 2] ?? { token: nativeToken }
    const entry: Activity = {
      id: `past-${index}`,
      kind: 'send',
      status: 'pending',
      chainId: practiceChainId as ChainId,
      accountId: `account-${index % 2}` as AccountId,
      from: addresses[index % 2] ?? hana,
      to: index === 2 ? (addresses[1] ?? hana) : hana,
      token,
      units: baseUnits(25n * 10n ** BigInt(token.decimals)),
      nonce: 13 - index,
      transactionHash: hashOf(0xa0 + index),
      createdAtMs: nowMs - index * 31_000_000,
      ...(index === 0 ? { toName: 'hana.eth', toNameFrom: 'ens' as const } : {}),
      ...(status === 'failed' ? { failureReason: 'ERC20: transfer amount exceeds balance' } : {}),
    }
    const isInBlock = status === 'confirmed' || status === 'failed'
    return isInBlock
      ? { ...confirm(entry, 12_000n - BigInt(index), entry.createdAtMs + 2_000), status }
      : { ...entry, status }
  })
}

/** What else may be asked for: the end of two rights, or a payment to three. */
function intentOf(kind: 'revocation' | 'multiSend', token: Token): SigningIntent {
  const contract = token.ref.address === 'native' ? hana : token.ref.address
  if (kind === 'revocation') {
    return {
      kind,
      rights: [
        { via: 'token', contract, token, spender: { address: hana, name: 'Uniswap router' } },
        { via: 'permit2', contract: hana, spender: { address: contract, name: '' } },
      ],
    }
  }
  const payments = addresses.slice(0, 3).map((address, index) => ({
    to: { address, ...(index === 0 ? { ownAccountName: 'Savings' } : {}) },
    units: baseUnits(10n ** 17n * BigInt(index + 1)),
  }))
  return {
    kind,
    token: nativeToken,
    units: baseUnits(payments.reduce((sum, { units }) => sum + units, 0n)),
    through: { address: hana, name: 'Multicall3' },
    payments,
  }
}

function withIntent(approval: TransactionApproval, intent: SigningIntent): TransactionApproval {
  return { ...approval, request: { ...approval.request, intent } }
}

function approvalOf(
  preview: Pick<TransferPreview, 'chainId' | 'accountId' | 'token' | 'units' | 'recipient' | 'nonce'>,
  nowMs: number,
): TransactionApproval {
  const { token, units, recipient } = preview
  return {
    request: {
      requestId: 'request-1',
      digest: hashOf(0xd1),
      expiresAtMs: nowMs + 120_000,
      chainId: preview.chainId,
      chainName: 'Local chain',
      accountId: preview.accountId,
      from: { address: addresses[0] ?? hana, ownAccountName: 'Savings' },
      intent: {
        kind: token.ref.address === 'native' ? 'nativeTransfer' : 'tokenTransfer',
        token,
        to: {
          address: recipient.address,
          ...(recipient.ownAccountName === undefined ? {} : { ownAccountName: recipient.ownAccountName }),
        },
        units,
      },
      nonce: preview.nonce,
      gasLimit: gasUnits(65_000n),
      maxFeePerGas: wei(20_000_000_000n),
      maxPriorityFeePerGas: wei(1_000_000_000n),
      maximumFee: wei(65_000n * 20_000_000_000n),
      nativeToken,
      dangers: [],
      rawTransaction: Uint8Array.from({ length: 110 }, (_, index) => (index * 37) % 256),
    },
    claims: {
      trial: {
        status: 'matches',
        blockNumber: 812n,
        by: 'node',
        changes: [
          {
            owner: { address: addresses[0] ?? hana, name: 'Savings', nameFrom: 'account' },
            token,
            tokenAddress: token.ref.address,
            delta: -units,
          },
          { owner: { address: recipient.address }, token, tokenAddress: token.ref.address, delta: units },
        ],
        grants: [],
        contracts:
          token.ref.address === 'native'
            ? []
            : [{ address: token.ref.address, name: token.name, nameFrom: 'list', isFirstTime: false }],
      },
      dangers: [],
      recipientIsContract: recipient.isContract,
      ...(recipient.ensName === undefined ? {} : { recipientEnsName: recipient.ensName }),
    },
  }
}
