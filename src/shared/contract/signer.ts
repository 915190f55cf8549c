import { z } from 'zod'
import { failureSchema } from '../errors/Result.ts'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { nothing } from './common.ts'
import { descriptorSummarySchema, descriptorsContract, descriptorTextSchema } from './descriptors.ts'
import { messageRequestSchema } from './messages.ts'
import { dangerSchema } from './readings.ts'
import { command, query } from './route.ts'
import { ruleIdSchema, ruleScopeSchema, rulesContract, standingRuleSchema } from './rules.ts'
import { signingRequestSchema } from './signing.ts'
import {
  backupRequestSchema,
  backupRestorationSchema,
  backupSchema,
  createdVaultSchema,
  nameSchema,
  phraseRestorationSchema,
  vaultContract,
  walletSchema,
} from './vault.ts'

const signedTransactionsSchema = z.strictObject({
  signedTransaction: z.instanceof(Uint8Array),
  transactionHash: hashSchema,
  from: addressSchema,
  /** The preparations of the request, in their order. */
  preparations: z
    .array(z.strictObject({ signedTransaction: z.instanceof(Uint8Array), transactionHash: hashSchema }))
    .exactOptional(),
})

export const signedMessageSchema = z.strictObject({
  digest: hashSchema,
  from: addressSchema,
  /** r, s, and v as 27 or 28; absent for a rule. */
  signature: z.instanceof(Uint8Array).optional(),
  /** Of a rule that holds from now on. */
  rule: standingRuleSchema.optional(),
  /** Of a descriptor that explains from now on. */
  descriptor: descriptorSummarySchema.optional(),
})
export type SignedMessage = z.infer<typeof signedMessageSchema>

/** Names the request, its exact bytes, and every danger that the user accepted. */
const signerApprovalSchema = z.strictObject({
  requestId: z.string(),
  digest: hashSchema,
  accepted: z.array(dangerSchema.shape.kind).max(16).exactOptional(),
})
/** Expert's way: what no descriptor explains is then shown as its bytes, instead of being refused. */
const allowUnknown = z.literal(true).exactOptional()

/** The main process's settings as JSON: the signer keeps them without reading them. */
const settingsTextSchema = z.string().max(2_000_000)

/**
 * What the main process may ask of the signer process. It has no route that signs without an approval, and none that
 * returns a key; phrases leave it only where the user is shown one.
 */
export const signerContract = {
  vault: {
    getStatus: vaultContract.getStatus,
    draftPhrase: vaultContract.draftPhrase,
    create: vaultContract.create,
    createFromPhrase: command(
      z.strictObject({
        ...phraseRestorationSchema.shape,
        origin: z.enum(['imported', 'practice']),
        name: z.string().max(64).optional(),
        /** Index of the first account under m/44'/60'/0'/0. */
        firstAccountIndex: z.int().min(0).max(1_000_000).optional(),
      }),
      createdVaultSchema,
    ),
    createFromShares: vaultContract.createFromShares,
    /** `settings`: of the main process, as it gave them to `createBackup`. */
    restoreBackup: command(
      backupRestorationSchema,
      z.strictObject({ ...createdVaultSchema.shape, settings: settingsTextSchema.optional() }),
    ),
    unlock: vaultContract.unlock,
    /** Overwrites what is decrypted; the main process then ends this process. */
    lock: vaultContract.lock,
    changePassword: vaultContract.changePassword,
    renewRecoveryKit: vaultContract.renewRecoveryKit,
    changeProtection: vaultContract.changeProtection,
    listWallets: vaultContract.listWallets,
    createWallet: vaultContract.createWallet,
    importWallet: vaultContract.importWallet,
    importPrivateKey: vaultContract.importPrivateKey,
    importKeystore: vaultContract.importKeystore,
    importShares: vaultContract.importShares,
    watchAddress: command(
      z.strictObject({ address: addressSchema, name: nameSchema.optional() }),
      walletSchema,
    ),
    enterPassphrase: vaultContract.enterPassphrase,
    updateWallet: vaultContract.updateWallet,
    updateAccount: vaultContract.updateAccount,
    orderWallets: vaultContract.orderWallets,
    orderAccounts: vaultContract.orderAccounts,
    removeWallet: vaultContract.removeWallet,
    addAccount: vaultContract.addAccount,
    addAccounts: vaultContract.addAccounts,
    renameAccount: vaultContract.renameAccount,
    deriveAddresses: vaultContract.deriveAddresses,
    revealPhrase: vaultContract.revealPhrase,
    exportPrivateKey: vaultContract.exportPrivateKey,
    exportKeystore: vaultContract.exportKeystore,
    createShares: vaultContract.createShares,
    createBackup: command(
      z.strictObject({ ...backupRequestSchema.shape, settings: settingsTextSchema }),
      backupSchema,
    ),
    mergeBackup: vaultContract.mergeBackup,
    checkBackup: vaultContract.checkBackup,
    checkPhrase: vaultContract.checkPhrase,
    checkShares: vaultContract.checkShares,
  },
  rules: {
    list: rulesContract.list,
    revoke: rulesContract.revoke,
  },
  descriptors: {
    list: descriptorsContract.list,
    remove: descriptorsContract.remove,
  },
  signing: {
    /** Decodes an unsigned EIP-2718 transaction and keeps it until it is approved, rejected or expired. */
    request: command(
      z.strictObject({
        accountId: accountIdSchema,
        transaction: z.instanceof(Uint8Array),
        /** Approvals that a swap needs first. */
        preparations: z.array(z.instanceof(Uint8Array)).max(2).exactOptional(),
        allowUnknown,
      }),
      signingRequestSchema,
    ),
    /** Signs exactly the bytes of the request, once. */
    approve: command(signerApprovalSchema, signedTransactionsSchema),
    /**
     * Signs what a standing rule covers, and counts it there; the rule was approved by the user before. A swap's approvals are
     * for exactly what it sells, and are signed with it.
     */
    signUnderRule: command(
      z.strictObject({
        ruleId: ruleIdSchema,
        transaction: z.instanceof(Uint8Array),
        preparations: z.array(z.instanceof(Uint8Array)).max(2).exactOptional(),
      }),
      signedTransactionsSchema,
    ),
    /** EIP-191. */
    requestMessage: command(
      z.strictObject({ accountId: accountIdSchema, message: z.instanceof(Uint8Array), allowUnknown }),
      messageRequestSchema,
    ),
    /** EIP-712: the JSON of `{ types, domain, primaryType, message }`. */
    requestTypedData: command(
      z.strictObject({
        accountId: accountIdSchema,
        chainId: chainIdSchema,
        typedData: z.string().max(200_000),
        allowUnknown,
      }),
      messageRequestSchema,
    ),
    /** EIP-7702; the zero address takes the account's delegation back. */
    requestDelegation: command(
      z.strictObject({
        accountId: accountIdSchema,
        chainId: chainIdSchema,
        delegate: addressSchema,
        nonce: z.int().nonnegative(),
      }),
      messageRequestSchema,
    ),
    /** The rule begins to hold when it is approved. */
    requestRule: command(ruleScopeSchema, messageRequestSchema),
    /** The descriptor explains when it is approved. */
    requestDescriptor: command(
      z.strictObject({ accountId: accountIdSchema, text: descriptorTextSchema }),
      messageRequestSchema,
    ),
    /** Signs exactly the digest of the request, once; a rule is kept instead, and has no signature. */
    approveMessage: command(signerApprovalSchema, signedMessageSchema),
    reject: command(z.strictObject({ requestId: z.string() }), nothing),
  },
  session: {
    /** Chains that the user added since the process started; the ones it started with cannot be named anew. */
    setOwnChains: command(
      z
        .array(z.strictObject({ chainId: chainIdSchema, name: z.string(), nativeToken: tokenSchema }))
        .max(100),
      nothing,
    ),
    /** Liveness, and the time-out of a keychain call as the signer sees it. */
    ping: query(nothing, z.strictObject({ pid: z.int() })),
  },
} as const

/** Contracts of a chain whose calls the signer can read as swaps. */
export const swapContractsSchema = z.strictObject({
  universalRouter: addressSchema,
  permit2: addressSchema,
  wrappedNative: addressSchema,
  balancerVault: addressSchema.exactOptional(),
  /** Routers of the same design with pools of their own. */
  otherRouters: z
    .array(z.strictObject({ name: z.string(), universalRouter: addressSchema, permit2: addressSchema }))
    .exactOptional(),
  curveRouter: addressSchema.exactOptional(),
  vaults: z.array(z.strictObject({ share: addressSchema, asset: addressSchema })).exactOptional(),
  /** 1inch Limit Order Protocol v4, for orders that are signed for others to fill. */
  limitOrderProtocol: addressSchema.exactOptional(),
})
export type SwapContracts = z.infer<typeof swapContractsSchema>

/** The vault in its folder; docs/vault-format.md names it. */
export const vaultFileName = 'vault.minato'

/** Read once when the process starts; fixed by the composition root, never by a window. */
export const signerConfigSchema = z.strictObject({
  /** Folder of the vault file. */
  vaultFolder: z.string(),
  /** Service name of the keychain entries, so that a development profile never touches a real one. */
  keychainService: z.string(),
  chains: z.array(
    z.strictObject({
      chainId: chainIdSchema,
      name: z.string(),
      nativeToken: tokenSchema,
      swaps: swapContractsSchema.exactOptional(),
      /** The contract that pays several recipients at once, where the chain has it. */
      multicall3: addressSchema.exactOptional(),
    }),
  ),
  /** Tokens that the signer may name: shipped lists and the local chain's own. */
  tokens: z.array(tokenSchema),
  /** Contracts that an account may be delegated to (EIP-7702). */
  delegates: z
    .array(z.strictObject({ chainId: chainIdSchema, address: addressSchema, name: z.string() }))
    .exactOptional(),
})
export type SignerConfig = z.infer<typeof signerConfigSchema>

/** What the signer process sends back for requests `{ id, channel, input }`, which follow the configuration. */
export const signerReplySchema = z.union([
  z.strictObject({
    id: z.int(),
    result: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), value: z.unknown() }),
      z.strictObject({ ok: z.literal(false), error: failureSchema }),
    ]),
  }),
  /** Where a bug in the signer is; never its message, which may quote a secret. */
  z.strictObject({
    fault: z.strictObject({ channel: z.string(), name: z.string(), frames: z.array(z.string()) }),
  }),
])
export type SignerReply = z.infer<typeof signerReplySchema>
