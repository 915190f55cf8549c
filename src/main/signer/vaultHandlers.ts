import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { signerContract } from '../../shared/contract/signer.ts'
import { createQueue } from './memory/createQueue.ts'
import { wipe } from './memory/wipe.ts'
import { changePassword } from './operations/changePassword.ts'
import { createVault } from './operations/createVault.ts'
import { addAccount, importWallet, renameAccount } from './operations/editWallets.ts'
import { readStatus } from './operations/readStatus.ts'
import { unlockVault } from './operations/unlockVault.ts'
import { parsePhrase } from './phrase/parsePhrase.ts'
import { createPhraseDrafts } from './phrase/phraseDrafts.ts'
import { toWallet } from './vault/wallets.ts'
import type { VaultContext } from './vaultContext.ts'

/**
 * The vault side of the signer. Operations run one at a time: two savers would overwrite each other's work. Secrets that
 * came in are overwritten when their operation ends, however it ends.
 *
 * @param onLock lets go of whatever else is held for an open vault.
 */
export function createVaultHandlers(
  context: VaultContext,
  onLock: () => void,
): Handlers<typeof signerContract>['vault'] {
  const drafts = createPhraseDrafts(context.nowMs)
  const inTurn = createQueue()

  return {
    getStatus: () => readStatus(context),
    draftPhrase: ({ words }) => drafts.create(words),

    create: ({ draftId, confirmations, password, protection }) => {
      const openSession = context.session.prepare()
      return inTurn(async () => {
        const phrase = drafts.confirm(draftId, confirmations)
        const wallet = { phrase, origin: 'created', name: undefined, firstAccountIndex: 0 } as const
        const created = await createVault(context, { wallet, password, protection, openSession })
        drafts.discard(draftId)
        return created
      }).finally(() => wipe(password, ...confirmations.map(({ word }) => word)))
    },

    createFromPhrase: ({ phrase, password, protection, origin, name, firstAccountIndex = 0 }) => {
      const openSession = context.session.prepare()
      return inTurn(async () => {
        const parsed = parsePhrase(phrase)
        const wallet = { phrase: parsed, origin, name, firstAccountIndex }
        return createVault(context, { wallet, password, protection, openSession }).finally(() =>
          wipe(parsed.entropy),
        )
      }).finally(() => wipe(phrase, password))
    },

    async unlock(input) {
      const openSession = context.session.prepare()
      await inTurn(() => unlockVault(context, { ...input, openSession })).finally(() =>
        wipe(input.password, input.recoveryKit),
      )
    },

    // Not in turn: locking waits for nothing, and what is running then finds the vault locked.
    lock() {
      context.session.close()
      drafts.clear()
      onLock()
    },

    async changePassword({ currentPassword, newPassword }) {
      await inTurn(() => changePassword(context, currentPassword, newPassword)).finally(() =>
        wipe(currentPassword, newPassword),
      )
    },

    listWallets: () => context.session.content().wallets.map(toWallet),
    importWallet: ({ phrase, name }) =>
      inTurn(() => importWallet(context, phrase, name)).finally(() => wipe(phrase)),
    addAccount: ({ walletId, name }) => inTurn(() => addAccount(context, walletId, name)),
    renameAccount: ({ accountId, name }) => inTurn(() => renameAccount(context, accountId, name)),
  }
}
