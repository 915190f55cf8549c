import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, gasUnitsSchema, weiSchema } from '../money/units.ts'
import { timestampMsSchema } from './common.ts'
import { dangerSchema, readingSchema } from './readings.ts'

const partySchema = z.strictObject({
  address: addressSchema,
  /** The user's own name for it, from the vault. */
  ownAccountName: z.string().optional(),
})

const namedContractSchema = z.strictObject({ address: addressSchema, name: z.string() })

/** What a transaction says beforehand that it touches (EIP-2930): it changes what gas costs, and nothing else. */
export const accessListSchema = z
  .array(z.strictObject({ address: addressSchema, storageKeys: z.array(hashSchema).readonly() }))
  .readonly()
export type AccessList = z.infer<typeof accessListSchema>

/** What a transaction does, as read by the signer from the bytes themselves. */
export const signingIntentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('nativeTransfer'),
    token: tokenSchema,
    to: partySchema,
    units: baseUnitsSchema,
  }),
  z.strictObject({
    kind: z.literal('tokenTransfer'),
    /** `source: 'contract'` marks a token that no shipped or user-loaded list knows: its name is only a claim. */
    token: tokenSchema,
    to: partySchema,
    units: baseUnitsSchema,
  }),
  z.strictObject({
    /** The coin goes to several recipients in one transaction, to all or to none. */
    kind: z.literal('multiSend'),
    token: tokenSchema,
    /** In all. */
    units: baseUnitsSchema,
    /** The contract that hands it on. */
    through: namedContractSchema,
    payments: z.array(z.strictObject({ to: partySchema, units: baseUnitsSchema })).min(1),
  }),
  z.strictObject({
    kind: z.literal('swap'),
    sell: tokenSchema,
    /** The most that can leave the account, in all. */
    maximumSold: baseUnitsSchema,
    buy: tokenSchema,
    /** The least that reaches the account, or nothing happens at all. */
    minimumBought: baseUnitsSchema,
    /** The contract that carries it out; the name is empty for the wrapped coin's own. */
    through: namedContractSchema,
    /** After that it fails; absent for wrapping and unwrapping, which have no price. */
    validUntilMs: timestampMsSchema.exactOptional(),
    /** It fills a signed order of the maker's: where others have filled a part of it first, less is exchanged, at the same rate or better. */
    order: z.strictObject({ maker: partySchema }).exactOptional(),
    /** A signature inside the transaction that lets `spender` take what is sold. */
    permit: z
      .strictObject({ spender: addressSchema, units: baseUnitsSchema, expiresAtMs: timestampMsSchema })
      .exactOptional(),
  }),
  z.strictObject({
    /** `spender` may take as much of the token until it is used or ended; of nothing, it ends what was allowed before. */
    kind: z.literal('allowance'),
    token: tokenSchema,
    spender: namedContractSchema,
    units: baseUnitsSchema,
  }),
  z.strictObject({
    /** Ends signed orders of the account on the chain: those with these hashes, or all that can be filled in parts. */
    kind: z.literal('cancelOrders'),
    contract: namedContractSchema,
    orderHashes: z.array(hashSchema).min(1).exactOptional(),
  }),
  z.strictObject({
    /**
     * EIP-7702: from this transaction on the account's code is the delegate's; without one the account is a plain one again. The
     * transaction does nothing else.
     */
    kind: z.literal('delegation'),
    delegate: namedContractSchema.exactOptional(),
  }),
  z.strictObject({
    /** Rights of others to take tokens end, and nothing else happens. */
    kind: z.literal('revocation'),
    rights: z
      .array(
        z.strictObject({
          via: z.enum(['token', 'permit2']),
          contract: addressSchema,
          /** Absent for a token that no list knows: ending a right needs no amount. */
          token: tokenSchema.exactOptional(),
          spender: namedContractSchema,
        }),
      )
      .min(1),
  }),
  z.strictObject({
    /** Any other call of a contract, as a descriptor (ERC-7730) explains it; without a reading nobody knows what it does. */
    kind: z.literal('call'),
    to: partySchema,
    /** Empty where nobody that the signer trusts names the contract. */
    contractName: z.string(),
    /** Coin that goes with it. */
    value: baseUnitsSchema,
    data: z.string(),
    reading: readingSchema.exactOptional(),
  }),
])
export type SigningIntent = z.infer<typeof signingIntentSchema>

/** A transaction that is signed and sent before the one that it makes possible. */
export const signingPreparationSchema = z.strictObject({
  kind: z.enum(['resetAllowance', 'approve']),
  token: tokenSchema,
  spender: namedContractSchema,
  units: baseUnitsSchema,
  nonce: z.int().nonnegative(),
  gasLimit: gasUnitsSchema,
  maxFeePerGas: weiSchema,
  maxPriorityFeePerGas: weiSchema,
  rawTransaction: z.instanceof(Uint8Array),
})
export type SigningPreparation = z.infer<typeof signingPreparationSchema>

export const signingRequestSchema = z.strictObject({
  requestId: z.string(),
  /**
   * keccak256 of the unsigned transaction, or where there are preparations of their hashes and its own, in order: an approval is
   * for exactly these bytes. The signatures of a permit and of an authorisation (EIP-7702) are blank in them; nothing else is added.
   */
  digest: hashSchema,
  expiresAtMs: timestampMsSchema,
  chainId: chainIdSchema,
  chainName: z.string(),
  accountId: accountIdSchema,
  from: partySchema,
  intent: signingIntentSchema,
  /** Each has to be accepted by name, or nothing is signed. */
  dangers: z.array(dangerSchema),
  /** Signed under the same approval, in this order, before the transaction itself. */
  preparations: z.array(signingPreparationSchema).exactOptional(),
  nonce: z.int().nonnegative(),
  gasLimit: gasUnitsSchema,
  maxFeePerGas: weiSchema,
  maxPriorityFeePerGas: weiSchema,
  /** Gas limit times maximum fee, in the chain's coin, of all transactions together. */
  maximumFee: weiSchema,
  /** Absent where the transaction has none. */
  accessList: accessListSchema.exactOptional(),
  nativeToken: tokenSchema,
  /** The unsigned transaction (EIP-2718 envelope) for whoever wants to see it. */
  rawTransaction: z.instanceof(Uint8Array),
})
export type SigningRequest = z.infer<typeof signingRequestSchema>
