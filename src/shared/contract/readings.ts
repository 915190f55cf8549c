import { z } from 'zod'
import { addressSchema, chainIdSchema } from '../identity/identity.ts'
import { type Token, tokenSchema } from '../identity/token.ts'

type Address = `0x${string}`
type ChainId = z.infer<typeof chainIdSchema>

/** Who vouches for an address's name: the user's own accounts, Minato's lists and descriptors, or a descriptor that the user loaded. */
export const nameSourceSchema = z.enum(['account', 'list', 'descriptor'])
export type NameSource = z.infer<typeof nameSourceSchema>

/** One value of a call or a message, as ERC-7730's formats tell how to show it; the window writes it in the user's language. */
export type ReadingValue =
  /** `token` is absent where no list knows it; `message` stands in place of amounts above a descriptor's threshold. */
  | { kind: 'amount'; units: bigint; token?: Token; tokenAddress?: Address; message?: string }
  | { kind: 'address'; address: Address; name?: string; nameFrom?: NameSource; isUnexpected?: true }
  | { kind: 'nft'; id: bigint; collection: Address; name?: string }
  | { kind: 'date'; atMs: number }
  | { kind: 'never' }
  | { kind: 'block'; number: bigint }
  | { kind: 'duration'; seconds: bigint }
  | { kind: 'unit'; value: bigint; decimals: number; base: string; prefix: boolean }
  | { kind: 'text'; text: string }
  | { kind: 'integer'; value: bigint }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'bytes'; hex: string }
  | { kind: 'chain'; chainId: ChainId; name?: string }
  /** A call within the call; without `reading` nobody knows what it does. */
  | { kind: 'call'; callee?: Address; hex: string; reading?: Reading }

export interface ReadingField {
  readonly label: string
  /** Where an element of a list begins: what stands before it. */
  readonly heading?: string | undefined
  readonly value: ReadingValue
}

/** What a call may take and give away, as far as its descriptor tells; what was not told counts as nothing. */
export interface ReadingEffects {
  /** Without a token any one token; without units all of it. */
  readonly spends: readonly { token?: Address | 'native' | undefined; units?: bigint | undefined }[]
  /** Without units there is no limit. */
  readonly grants: readonly { token?: Address | undefined; to: Address; units?: bigint | undefined }[]
  readonly grantsAll: readonly { collection: Address; to: Address }[]
  readonly ownership: readonly Address[]
}

/** A call or a message as a descriptor (ERC-7730) explains it. Texts are English; the window translates those that it knows. */
export interface Reading {
  /** `user`: a descriptor that the user loaded. */
  readonly describedBy: 'minato' | 'user'
  /** The contract is on no list: it is taken to keep to the standard whose function it was called with. */
  readonly isAssumed: boolean
  readonly owner?: string | undefined
  readonly contractName?: string | undefined
  /** The function or type as it is hashed. */
  readonly signature: string
  readonly intent: string
  /** A sentence with places like `{value}`, and what stands in each. */
  readonly sentence?: { template: string; values: Record<string, ReadingValue[]> } | undefined
  readonly fields: readonly ReadingField[]
  readonly effects: ReadingEffects
}

const text = z.string().max(4_096)
const valueSchema: z.ZodType<ReadingValue, ReadingValue> = z.lazy(
  () =>
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('amount'),
        units: z.bigint(),
        token: tokenSchema.exactOptional(),
        tokenAddress: addressSchema.exactOptional(),
        message: text.exactOptional(),
      }),
      z.strictObject({
        kind: z.literal('address'),
        address: addressSchema,
        name: text.exactOptional(),
        nameFrom: nameSourceSchema.exactOptional(),
        isUnexpected: z.literal(true).exactOptional(),
      }),
      z.strictObject({
        kind: z.literal('nft'),
        id: z.bigint(),
        collection: addressSchema,
        name: text.exactOptional(),
      }),
      z.strictObject({ kind: z.literal('date'), atMs: z.int().nonnegative() }),
      z.strictObject({ kind: z.literal('never') }),
      z.strictObject({ kind: z.literal('block'), number: z.bigint() }),
      z.strictObject({ kind: z.literal('duration'), seconds: z.bigint() }),
      z.strictObject({
        kind: z.literal('unit'),
        value: z.bigint(),
        decimals: z.int().min(0).max(255),
        base: text,
        prefix: z.boolean(),
      }),
      z.strictObject({ kind: z.literal('text'), text }),
      z.strictObject({ kind: z.literal('integer'), value: z.bigint() }),
      z.strictObject({ kind: z.literal('boolean'), value: z.boolean() }),
      z.strictObject({ kind: z.literal('bytes'), hex: z.string() }),
      z.strictObject({ kind: z.literal('chain'), chainId: chainIdSchema, name: text.exactOptional() }),
      z.strictObject({
        kind: z.literal('call'),
        callee: addressSchema.exactOptional(),
        hex: z.string(),
        reading: readingSchema.exactOptional(),
      }),
    ]) as z.ZodType<ReadingValue, ReadingValue>,
)

export const readingSchema: z.ZodType<Reading, Reading> = z.lazy(() =>
  z.strictObject({
    describedBy: z.enum(['minato', 'user']),
    isAssumed: z.boolean(),
    owner: text.optional(),
    contractName: text.optional(),
    signature: text,
    intent: text,
    sentence: z
      .strictObject({ template: text, values: z.record(z.string(), z.array(valueSchema)) })
      .optional(),
    fields: z.array(z.strictObject({ label: text, heading: text.optional(), value: valueSchema })).max(1_000),
    effects: z.strictObject({
      spends: z.array(
        z.strictObject({
          token: z.union([z.literal('native'), addressSchema]).optional(),
          units: z.bigint().optional(),
        }),
      ),
      grants: z.array(
        z.strictObject({
          token: addressSchema.optional(),
          to: addressSchema,
          units: z.bigint().optional(),
        }),
      ),
      grantsAll: z.array(z.strictObject({ collection: addressSchema, to: addressSchema })),
      ownership: z.array(addressSchema),
    }),
  }),
)

/** What is known to have cost people everything: shown on top, and signed only after each was accepted by name. */
export const dangerSchema = z.strictObject({
  kind: z.enum([
    /** Somebody may take any amount of a token, now and later. */
    'unlimitedAllowance',
    /** Somebody may take every piece of a collection (setApprovalForAll). */
    'allOfCollection',
    /** Somebody else rules over a contract afterwards. */
    'ownership',
    /** An allowance for a contract that Minato does not know. */
    'unknownSpender',
    /** An allowance for an address that no contract lives at: a person's account. Found by the main process. */
    'personAsSpender',
    /** An address that looks like one that the user knows and is another one. */
    'lookalike',
    /** The call is read by a standard that nobody says this contract keeps to. */
    'unknownContract',
    /** Read by a descriptor that the user loaded. */
    'userDescriptor',
    /** A descriptor says what kind of address this should be, and it is not. */
    'unexpectedAddress',
    /** The account calls itself: only code that it was delegated to answers. */
    'callsItself',
    /** Nobody knows what this does. */
    'unknownData',
  ]),
  address: addressSchema.exactOptional(),
  /** Of what it resembles, or of the token. */
  name: z.string().max(256).exactOptional(),
})
export type Danger = z.infer<typeof dangerSchema>
export type DangerKind = Danger['kind']
