import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { MultiSendPreview, Recipient, TransferPreview } from '../../../shared/contract/transfers.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Address } from '../../../shared/identity/identity.ts'
import type { AccountDirectory, ChainDirectory } from '../chains/index.ts'
import type { TokensService } from '../tokens/index.ts'
import { approveTransaction } from './approveTransaction.ts'
import { prepareTransfer } from './prepareTransfer.ts'
import { resolveRecipient } from './resolveRecipient.ts'
import { type PreparedMultiSend, prepareMultiSend, sendToMany } from './sendToMany.ts'
import type {
  ApprovalPort,
  ContactDirectory,
  KnownRecipients,
  NameResolver,
  SignedTransfer,
  TransactionFields,
  TransferGuard,
  TransferJournal,
  TransferNode,
} from './transfers.ports.ts'

export interface TransfersServiceDeps {
  readonly chains: Pick<ChainDirectory, 'getEnabled'>
  readonly tokens: Pick<TokensService, 'list' | 'find' | 'resolve'>
  readonly accounts: AccountDirectory
  readonly node: TransferNode
  readonly names: NameResolver
  readonly approvals: ApprovalPort
  readonly journal: TransferJournal
  readonly knownRecipients: KnownRecipients
  readonly contacts: ContactDirectory
  readonly assetGuard: TransferGuard
  readonly nowMs: () => number
  readonly makeId: () => string
  /** Told of what must not stop a transfer that is under way, to log it. */
  onBug(thrown: unknown): void
}

export type TransfersHandlers = Handlers<typeof mainWindowContract>['transfers']

export interface TransfersService extends TransfersHandlers {
  /** Forgets every preview; called when the vault is locked. */
  forgetPreviews(): void
}

interface KeptPreview {
  readonly preview: TransferPreview
  readonly transaction: TransactionFields
}

/** After that, fee and balance have moved too far for what was shown. */
const previewLifeMs = 120_000
const mostPreviews = 50

/** Sends coins and tokens: preview by simulation, approval elsewhere, written down before it leaves. */
export function createTransfersService(deps: TransfersServiceDeps): TransfersService {
  const kept = new Map<string, KeptPreview>()
  /** The newest one alone: an older list of recipients is one that was changed since. */
  let keptForMany: (PreparedMultiSend & { readonly preview: MultiSendPreview }) | undefined

  async function findAccount(
    accountId: AccountId,
  ): Promise<{ account: Account; accounts: readonly Account[] }> {
    const accounts = await deps.accounts.listAccounts()
    const account = accounts.find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    return { account, accounts }
  }

  function keep(entry: KeptPreview): void {
    for (const [id, { preview }] of kept) if (preview.expiresAtMs <= deps.nowMs()) kept.delete(id)
    const oldest = kept.size >= mostPreviews ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    kept.set(entry.preview.previewId, entry)
  }

  function rememberRecipient(address: Address): void {
    try {
      deps.knownRecipients.remember(address, deps.nowMs())
    } catch (thrown) {
      // The transfer is on its way: told as failed, it would be sent a second time.
      deps.onBug(thrown)
    }
  }

  return {
    async resolveRecipient({ chainId, text }) {
      const accounts = await deps.accounts.listAccounts()
      return resolveRecipient(deps, deps.chains.getEnabled(chainId), text, accounts)
    },

    async preview(request) {
      const chain = deps.chains.getEnabled(request.token.chainId)
      const { account, accounts } = await findAccount(request.accountId)
      const recipient = await resolveRecipient(deps, chain, request.recipient, accounts)
      const prepared = await prepareTransfer(deps, request, chain, account, recipient)
      const preview: TransferPreview = {
        ...prepared.preview,
        previewId: deps.makeId(),
        expiresAtMs: deps.nowMs() + previewLifeMs,
      }
      keep({ preview, transaction: prepared.transaction })
      return preview
    },

    async send({ previewId }) {
      const entry = kept.get(previewId)
      // Taken before anything is awaited, so that a second click finds nothing to send.
      kept.delete(previewId)
      if (!entry || entry.preview.expiresAtMs <= deps.nowMs()) throw new AppError('transfer.previewExpired')
      const { preview, transaction } = entry
      const { account } = await findAccount(preview.accountId)
      // Another transfer was sent since: this nonce would replace it instead of following it.
      if (deps.journal.listOpenNonces(transaction.chainId, account.address).includes(transaction.nonce)) {
        throw new AppError('transfer.previewExpired')
      }
      const approved = await approveTransaction(deps.approvals, account, transaction, {
        recipientIsContract: preview.recipient.isContract,
        ...(preview.recipient.ensName === undefined ? {} : { recipientEnsName: preview.recipient.ensName }),
      })
      if (!approved) return { status: 'rejected' }
      const { activityId } = await deps.journal.submit({
        accountId: account.id,
        from: account.address,
        recipient: preview.recipient.address,
        recipientName: nameRecipient(preview.recipient),
        token: preview.token,
        units: preview.units,
        transaction,
        ...approved,
      })
      rememberRecipient(preview.recipient.address)
      return { status: 'sent', activityId }
    },

    async previewMany(request) {
      const chain = deps.chains.getEnabled(request.chainId)
      const { account, accounts } = await findAccount(request.accountId)
      const recipients = await Promise.all(
        request.payments.map(({ recipient }) => resolveRecipient(deps, chain, recipient, accounts)),
      )
      const prepared = await prepareMultiSend(deps, request, chain, account, recipients)
      const preview = {
        ...prepared.preview,
        previewId: deps.makeId(),
        expiresAtMs: deps.nowMs() + previewLifeMs,
      }
      keptForMany = { ...prepared, preview }
      return preview
    },

    async sendMany({ previewId }) {
      const entry = keptForMany
      keptForMany = undefined
      const { preview } = entry ?? {}
      if (!entry || preview?.previewId !== previewId || preview.expiresAtMs <= deps.nowMs()) {
        throw new AppError('transfer.previewExpired')
      }
      const { account } = await findAccount(preview.accountId)
      const outcome = await sendToMany(deps, entry, account)
      if (outcome.status === 'sent') {
        for (const { recipient } of preview.payments) rememberRecipient(recipient.address)
      }
      return outcome
    },

    forgetPreviews() {
      kept.clear()
      keptForMany = undefined
    },
  }
}

/** By what the user calls it, then by its own name. */
function nameRecipient({ contactName, ensName, ownAccountName }: Recipient): SignedTransfer['recipientName'] {
  if (contactName !== undefined) return { name: contactName, from: 'contact' }
  if (ensName !== undefined) return { name: ensName, from: 'ens' }
  return ownAccountName === undefined ? undefined : { name: ownAccountName, from: 'account' }
}
