import { z } from 'zod'
import { addressSchema, chainIdSchema } from '../../../../shared/identity/identity.ts'
import { undecodable } from '../undecodable.ts'

const key = z.string().min(1).max(4_096)
const label = z.string().min(1).max(256)
const path = z.string().min(1).max(256)
const scalar = z.union([z.string().max(4_096), z.number(), z.boolean()])
const mapReference = z.looseObject({ map: path, keyPath: path })
const constant = z.union([scalar, mapReference])
const anyOf = z.union([constant, z.array(constant).max(64)])

/** Of all formats together; each takes its own. */
const paramsSchema = z.looseObject({
  $ref: path.optional(),
  tokenPath: path.optional(),
  token: constant.optional(),
  nativeCurrencyAddress: anyOf.optional(),
  threshold: z.union([z.string(), z.number(), mapReference]).optional(),
  message: z.string().max(128).optional(),
  chainIdPath: path.optional(),
  chainId: constant.optional(),
  collectionPath: path.optional(),
  collection: constant.optional(),
  encoding: z.enum(['timestamp', 'blockheight']).optional(),
  base: z.string().max(32).optional(),
  decimals: z.int().min(0).max(255).optional(),
  prefix: z.boolean().optional(),
  calleePath: path.optional(),
  callee: constant.optional(),
  selectorPath: path.optional(),
  selector: constant.optional(),
  amountPath: path.optional(),
  amount: constant.optional(),
  spenderPath: path.optional(),
  spender: constant.optional(),
  types: z.array(z.string()).optional(),
  sources: z.array(z.string()).optional(),
  senderAddress: anyOf.optional(),
})
export type FieldParams = z.infer<typeof paramsSchema>

const visibleSchema = z.union([
  z.enum(['never', 'always', 'optional']),
  z.strictObject({ ifNotIn: z.array(scalar.nullable()).max(64) }),
  z.strictObject({ mustMatch: z.array(scalar.nullable()).max(64) }),
])

export interface FieldSpec {
  readonly path?: string | undefined
  readonly value?: unknown
  readonly label?: string | undefined
  readonly format?: string | undefined
  readonly params?: FieldParams | undefined
  readonly $ref?: string | undefined
  readonly visible?: z.infer<typeof visibleSchema> | undefined
  readonly separator?: string | undefined
  readonly encryption?: { fallbackLabel?: string | undefined } | undefined
  /** Of a group. */
  readonly fields?: readonly FieldSpec[] | undefined
  readonly iteration?: 'sequential' | 'bundled' | undefined
}

const fieldSchema: z.ZodType<FieldSpec> = z.lazy(() =>
  z.looseObject({
    path: path.optional(),
    value: scalar.optional(),
    label: label.optional(),
    format: z.string().max(64).optional(),
    params: paramsSchema.optional(),
    $ref: path.optional(),
    visible: visibleSchema.optional(),
    separator: z.string().max(128).optional(),
    encryption: z.looseObject({ fallbackLabel: z.string().max(128).optional() }).optional(),
    fields: z.array(fieldSchema).max(128).optional(),
    iteration: z.enum(['sequential', 'bundled']).optional(),
  }),
)

/**
 * What a call does to what the account owns: a key of Minato's own descriptors (names with `$` say nothing to the standard), by which
 * dangers are found and a trial is compared.
 */
const effectsSchema = z.strictObject({
  spends: z
    .array(z.strictObject({ token: path.optional(), units: path.optional() }))
    .max(8)
    .optional(),
  grants: z
    .array(
      z.strictObject({
        token: path.optional(),
        to: path,
        units: path.optional(),
        unlessFalse: path.optional(),
      }),
    )
    .max(8)
    .optional(),
  grantsAll: z
    .array(z.strictObject({ to: path, unlessFalse: path.optional() }))
    .max(8)
    .optional(),
  ownership: z.array(path).max(8).optional(),
})

const formatSchema = z.looseObject({
  intent: z.union([label, z.record(z.string().max(128), z.string().max(256))]).optional(),
  interpolatedIntent: z.string().max(1_024).optional(),
  fields: z.array(fieldSchema).max(128).optional(),
  $effects: effectsSchema.optional(),
})
export type FormatSpec = z.infer<typeof formatSchema>

const deploymentsSchema = z.array(z.looseObject({ chainId: chainIdSchema, address: addressSchema })).max(512)

const descriptorSchema = z.looseObject({
  $schema: z.string().optional(),
  includes: z.string().max(256).optional(),
  context: z
    .looseObject({
      $id: z.string().max(256).optional(),
      contract: z
        .looseObject({ deployments: deploymentsSchema.optional(), factory: z.unknown().optional() })
        .optional(),
      eip712: z
        .looseObject({
          domain: z.record(z.string(), scalar).optional(),
          domainSeparator: z.string().optional(),
          deployments: deploymentsSchema.optional(),
        })
        .optional(),
    })
    .optional(),
  metadata: z
    .looseObject({
      owner: label.optional(),
      contractName: label.optional(),
      info: z.looseObject({ url: z.string().max(512).optional() }).optional(),
      token: z
        .looseObject({ name: label, ticker: z.string().min(1).max(64), decimals: z.int().min(0).max(255) })
        .optional(),
      constants: z.record(z.string(), z.unknown()).optional(),
      enums: z.record(z.string(), z.record(z.string(), z.string().max(256))).optional(),
      maps: z.record(z.string(), z.looseObject({ values: z.record(z.string(), scalar) })).optional(),
    })
    .optional(),
  display: z.looseObject({
    definitions: z.record(z.string(), fieldSchema).optional(),
    formats: z.record(key, formatSchema),
  }),
})
export type Descriptor = z.infer<typeof descriptorSchema>

/** Version 2, whatever the minor one, by the names under which the standard publishes its schemas. */
const versionTwo = /\/erc7730-v2(?:\.\d+\.\d+)?\.schema\.json$/

/** @throws AppError `signing.undecodable` with what is wrong and where. */
export function parseDescriptor(value: unknown): Descriptor {
  const parsed = descriptorSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw undecodable('descriptor', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
  if (!versionTwo.test(parsed.data.$schema ?? '')) throw undecodable('descriptor', '$schema')
  return parsed.data
}
