import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { signerContract } from '../../shared/contract/signer.ts'
import { decodeUtf8 } from './memory/bytes.ts'
import type { Queue } from './memory/createQueue.ts'
import { wipe } from './memory/wipe.ts'
import {
  addDraftedWallet,
  enterPassphrase,
  importKeystore,
  importPhrase,
  importPrivateKey,
  importShares,
  watchAddress,
} from './operations/addWallets.ts'
import {
  checkBackup,
  checkPhrase,
  checkShares,
  createBackup,
  mergeBackup,
  restoreBackup,
} from './operations/backups.ts'
import { changePassword } from './operations/changePassword.ts'
import { createVault } from './operations/createVault.ts'
import {
  addAccount,
  addAccounts,
  deriveAddresses,
  orderAccounts,
  orderWallets,
  removeWallet,
  updateAccount,
  updateWallet,
} from './operations/editWallets.ts'
import { readStatus } from './operations/readStatus.ts'
import { renewKeySlot, renewRecoveryKit } from './operations/renewKeySlot.ts'
import { createShares, exportKeystore, exportPrivateKey, revealPhrase } from './operations/revealSecrets.ts'
import { unlockVault } from './operations/unlockVault.ts'
import { parsePhrase } from './phrase/parsePhrase.ts'
import { createPhraseDrafts } from './phrase/phraseDrafts.ts'
import { readShares } from './shares/readShares.ts'
import { createWallet, type NewWallet, toPhraseSecret, toWallet } from './vault/wallets.ts'
import type { VaultContext } from './vaultContext.ts'

/**
 * The vault side of the signer. Operations run one at a time: two savers would overwrite each other's work. Secrets that
 * came in are overwritten when their operation ends, however it ends.
 *
 * @param inTurn the one queue of everything that writes the vault.
 * @param onLock lets go of whatever else is held for an open vault.
 */
export function createVaultHandlers(
  context: VaultContext,
  inTurn: Queue,
  onLock: () => void,
): Handlers<typeof signerContract>['vault'] {
  const drafts = createPhraseDrafts(context.nowMs)
  const firstWallet = (wallet: Omit<NewWallet, 'createdAtMs'>) => async () => ({
    wallets: [await createWallet({ ...wallet, createdAtMs: context.nowMs() }, [])],
    rules: [],
  })

  return {
    getStatus: () => readStatus(context),
    draftPhrase: ({ words }) => drafts.create(words),

    create: ({ draftId, confirmations, password, protection }) => {
      const openSession = context.session.prepare()
      return inTurn(async () => {
        const phrase = drafts.confirm(draftId, confirmations)
        const wallet = { secret: toPhraseSecret(phrase), origin: 'created', name: undefined } as const
        const created = await createVault(context, {
          makeContent: firstWallet(wallet),
          password,
          protection,
          openSession,
        })
        drafts.discard(draftId)
        return created
      }).finally(() => wipe(password, ...confirmations.map(({ word }) => word)))
    },

    createFromPhrase: (input) => {
      const { phrase, password, protection, origin, name, firstAccountIndex = 0 } = input
      const openSession = context.session.prepare()
      return inTurn(async () => {
        const parsed = parsePhrase(phrase)
        const passphrase = input.passphrase && decodeUtf8(input.passphrase)
        const secret = toPhraseSecret(parsed, passphrase, input.storesPassphrase)
        const created = await createVault(context, {
          makeContent: firstWallet({ secret, passphrase, origin, name, firstAccountIndex }),
          password,
          protection,
          openSession,
        }).finally(() => wipe(parsed.entropy))
        const [wallet] = context.session.content().wallets
        if (wallet && passphrase && !input.storesPassphrase) {
          context.session.keepPassphrase(wallet.id, passphrase)
        }
        return created
      }).finally(() => wipe(phrase, password, input.passphrase))
    },

    createFromShares: ({ password, protection, ...input }) => {
      const openSession = context.session.prepare()
      return inTurn(async () => {
        const wallet = { secret: await readShares(input), origin: 'imported', name: undefined } as const
        return createVault(context, {
          makeContent: firstWallet(wallet),
          password,
          protection,
          openSession,
        })
      }).finally(() => wipe(password, input.sharesPassphrase, ...input.shares))
    },

    restoreBackup: (input) => {
      const openSession = context.session.prepare()
      return inTurn(() => restoreBackup(context, { ...input, openSession })).finally(() =>
        wipe(input.password, input.backupPassword, input.code),
      )
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

    renewRecoveryKit: ({ password }) =>
      inTurn(async () => renewRecoveryKit(context, password)).finally(() => wipe(password)),
    changeProtection: ({ password, protection }) =>
      inTurn(() => renewKeySlot(context, password, protection)).finally(() => wipe(password)),

    listWallets: () => context.session.content().wallets.map((wallet) => toWallet(wallet, context.session)),

    createWallet: ({ draftId, confirmations, name }) =>
      inTurn(async () => {
        context.session.content()
        const wallet = await addDraftedWallet(context, drafts.confirm(draftId, confirmations), name)
        drafts.discard(draftId)
        return wallet
      }).finally(() => wipe(...confirmations.map(({ word }) => word))),
    importWallet: (input) =>
      inTurn(() => importPhrase(context, input)).finally(() => wipe(input.phrase, input.passphrase)),
    importPrivateKey: ({ privateKey, name }) =>
      inTurn(() => importPrivateKey(context, privateKey, name)).finally(() => wipe(privateKey)),
    importKeystore: ({ keystore, password, name }) =>
      inTurn(() => importKeystore(context, keystore, password, name)).finally(() => wipe(password)),
    importShares: ({ name, ...input }) =>
      inTurn(() => importShares(context, input, name)).finally(() =>
        wipe(input.sharesPassphrase, ...input.shares),
      ),
    watchAddress: ({ address, name }) => inTurn(() => watchAddress(context, address, name)),
    enterPassphrase: ({ walletId, passphrase }) =>
      inTurn(() => enterPassphrase(context, walletId, passphrase)).finally(() => wipe(passphrase)),

    updateWallet: ({ walletId, ...label }) => inTurn(() => updateWallet(context, walletId, label)),
    updateAccount: ({ accountId, ...label }) => inTurn(() => updateAccount(context, accountId, label)),
    renameAccount: ({ accountId, name }) => inTurn(() => updateAccount(context, accountId, { name })),
    orderWallets: ({ walletIds }) => inTurn(() => orderWallets(context, walletIds)),
    orderAccounts: ({ walletId, accountIds }) => inTurn(() => orderAccounts(context, walletId, accountIds)),
    async removeWallet({ walletId, password }) {
      await inTurn(() => removeWallet(context, walletId, password)).finally(() => wipe(password))
    },
    addAccount: ({ walletId, name }) => inTurn(() => addAccount(context, walletId, name)),
    addAccounts: ({ walletId, paths }) => inTurn(() => addAccounts(context, walletId, paths)),
    // Not in turn: a thousand addresses must not hold up a save, and they change nothing.
    deriveAddresses: (input) => deriveAddresses(context, input),

    revealPhrase: ({ walletId, password }) =>
      inTurn(() => revealPhrase(context, walletId, password)).finally(() => wipe(password)),
    exportPrivateKey: ({ accountId, password }) =>
      inTurn(() => exportPrivateKey(context, accountId, password)).finally(() => wipe(password)),
    exportKeystore: ({ accountId, password, keystorePassword }) =>
      inTurn(() => exportKeystore(context, accountId, password, keystorePassword)).finally(() =>
        wipe(password, keystorePassword),
      ),
    createShares: (input) => inTurn(() => createShares(context, input)).finally(() => wipe(input.password)),
    createBackup: (input) =>
      inTurn(() => createBackup(context, input)).finally(() => wipe(input.password, input.backupPassword)),
    mergeBackup: (input) =>
      inTurn(() => mergeBackup(context, input)).finally(() => wipe(input.backupPassword, input.code)),
    checkBackup: (input) =>
      inTurn(() => checkBackup(context, input)).finally(() => wipe(input.backupPassword, input.code)),
    checkPhrase: ({ phrase, passphrase }) =>
      inTurn(() => checkPhrase(context, phrase, passphrase)).finally(() => wipe(phrase, passphrase)),
    checkShares: (input) =>
      inTurn(() => checkShares(context, input)).finally(() => wipe(input.sharesPassphrase, ...input.shares)),
  }
}
