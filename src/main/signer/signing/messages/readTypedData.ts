import { getAddress, hashTypedData, hexToBigInt, isHex } from 'viem/utils'
import { z } from 'zod'
import type { TypedField } from '../../../../shared/contract/messages.ts'
import { AppError } from '../../../../shared/errors/AppError.ts'
import {
  type Address,
  addressSchema,
  type ChainId,
  isSameAddress,
} from '../../../../shared/identity/identity.ts'
import type { ClearContext } from '../clear/ClearContext.ts'
import { listReadingDangers } from '../clear/findDangers.ts'
import { readLimitOrder } from '../limitOrder/readLimitOrder.ts'
import type { ReadMessage } from './ReadMessage.ts'
import { readTypedMessage } from './readTypedMessage.ts'

const memberSchema = z.object({ name: z.string().min(1).max(100), type: z.string().min(1).max(100) })
const typedDataSchema = z.object({
  types: z.record(z.string().regex(/^[A-Za-z_$][\w$]*$/), z.array(memberSchema)),
  primaryType: z.string(),
  domain: z.record(z.string(), z.unknown()),
  message: z.record(z.string(), z.unknown()),
})
type Types = z.infer<typeof typedDataSchema>['types']

/** EIP-712's domain, in the only order and with the only types that it may have. */
const domainTypes: Readonly<Record<string, string>> = {
  name: 'string',
  version: 'string',
  chainId: 'uint256',
  verifyingContract: 'address',
  salt: 'bytes32',
}
const maximumFields = 2_000
const maximumDepth = 12

/** Whose signature is asked for, and the contract whose orders are read strictly. */
export interface TypedDataContext extends ClearContext {
  readonly account: Address
  readonly limitOrderProtocol: Address | undefined
}

/**
 * EIP-712 data as a tree of everything that is signed, and the hash of exactly that: both are made of one reading, so that no
 * program's leniency can come between them.
 *
 * @throws AppError `signing.undecodable`, `signing.wrongChain` when its domain names another chain.
 */
export function readTypedData(json: string, chainId: ChainId, context: TypedDataContext): ReadMessage {
  const { types, primaryType, domain, message } = parse(json)
  const domainMembers =
    types.EIP712Domain ??
    Object.keys(domainTypes)
      .filter((name) => domain[name] !== undefined)
      .map((name) => ({ name, type: domainTypes[name] ?? '' }))
  for (const { name, type } of domainMembers) if (domainTypes[name] !== type) throw refuse('malformed')
  // What the domain says but its type does not is not signed: it must not be shown as if it were.
  if (Object.keys(domain).some((name) => !domainMembers.some((member) => member.name === name))) {
    throw refuse('malformed')
  }
  if (primaryType === 'EIP712Domain' || !types[primaryType]) throw refuse('malformed')

  const reader = createReader({ ...types, EIP712Domain: domainMembers })
  const readDomain = reader.struct('EIP712Domain', domain, 0)
  const readBody = reader.struct(primaryType, message, 0)
  const domainChain = readDomain.value.chainId
  if (domainChain !== undefined && domainChain !== BigInt(chainId)) {
    throw new AppError('signing.wrongChain', { chainId: String(domainChain) })
  }
  const digest = hashTypedData({
    domain: readDomain.value,
    types: { ...types, EIP712Domain: domainMembers },
    primaryType,
    message: readBody.value,
  } as Parameters<typeof hashTypedData>[0])
  const verifyingContract = readDomain.value.verifyingContract as Address | undefined
  const { account, limitOrderProtocol } = context
  const isOrder =
    limitOrderProtocol !== undefined &&
    verifyingContract !== undefined &&
    isSameAddress(verifyingContract, limitOrderProtocol)
  const meaning = isOrder ? readLimitOrder(primaryType, readBody.value, chainId, context) : undefined
  const reading = meaning
    ? undefined
    : readTypedMessage(
        {
          chainId,
          account,
          verifyingContract,
          isBoundToChain: domainChain !== undefined,
          primaryType,
          types,
          domain: readDomain.value,
          domainTypes: domainMembers,
          message: readBody.value,
        },
        context,
      )
  return {
    digest,
    dangers: meaning
      ? []
      : reading
        ? listReadingDangers(reading, chainId, context)
        : [{ kind: 'unknownData' }],
    content: {
      kind: 'typedData',
      primaryType,
      domain: readDomain.fields,
      fields: readBody.fields,
      ...(verifyingContract !== undefined && { verifyingContract }),
      ...(meaning && { meaning }),
      ...(reading && { reading }),
    },
  }
}

/** Whether a message holds on one chain only. */
export function isBoundToChain({ content }: ReadMessage): boolean {
  return content.kind !== 'typedData' || content.domain.some(({ name }) => name === 'chainId')
}

function parse(json: string): z.infer<typeof typedDataSchema> {
  try {
    return typedDataSchema.parse(JSON.parse(json))
  } catch {
    throw refuse('malformed')
  }
}

type StructValue = Record<string, unknown>

function createReader(types: Types) {
  let count = 0

  function struct(name: string, data: unknown, depth: number): { value: StructValue; fields: TypedField[] } {
    const members = types[name]
    if (!members || typeof data !== 'object' || data === null || Array.isArray(data))
      throw refuse('malformed')
    const value: StructValue = {}
    const fields: TypedField[] = []
    for (const member of members) {
      if (Object.hasOwn(value, member.name) || !Object.hasOwn(data, member.name)) throw refuse('malformed')
      const read = field(member.name, member.type, (data as StructValue)[member.name], depth + 1)
      value[member.name] = read.value
      fields.push(read.field)
    }
    return { value, fields }
  }

  function field(
    name: string,
    type: string,
    data: unknown,
    depth: number,
  ): { value: unknown; field: TypedField } {
    if (++count > maximumFields || depth > maximumDepth) throw refuse('tooLarge')
    const array = /^(.*)\[(\d*)\]$/.exec(type)
    if (array?.[1]) {
      const [, inner, length] = array
      if (!Array.isArray(data) || (length && Number(length) !== data.length)) throw refuse('malformed')
      const items = data.map((item, index) => field(String(index + 1), inner, item, depth + 1))
      return {
        value: items.map((item) => item.value),
        field: { name, type, fields: items.map((item) => item.field) },
      }
    }
    if (types[type]) {
      const read = struct(type, data, depth)
      return { value: read.value, field: { name, type, fields: read.fields } }
    }
    const value = readAtom(type, data)
    return { value, field: { name, type, value: String(value) } }
  }

  return { struct }
}

/** One value of an elementary type in the one form that is both shown and hashed. */
function readAtom(type: string, data: unknown): string | bigint | boolean {
  if (type === 'string') {
    if (typeof data !== 'string') throw refuse('malformed')
    return data
  }
  if (type === 'bool') {
    if (typeof data !== 'boolean') throw refuse('malformed')
    return data
  }
  if (type === 'address') {
    if (typeof data !== 'string' || !addressSchema.safeParse(data).success) throw refuse('malformed')
    return getAddress(data.toLowerCase() as Address)
  }
  const bytes = /^bytes(\d*)$/.exec(type)
  if (bytes) {
    const size = bytes[1] ? Number(bytes[1]) : undefined
    const isRight = typeof data === 'string' && isHex(data) && data.length % 2 === 0
    if (!isRight || (size !== undefined && (size < 1 || size > 32 || data.length !== 2 + size * 2))) {
      throw refuse('malformed')
    }
    return data.toLowerCase()
  }
  const integer = /^(u?)int(\d*)$/.exec(type)
  if (integer) return readInteger(data, integer[1] === 'u', Number(integer[2] || 256))
  throw refuse('malformed')
}

function readInteger(data: unknown, isUnsigned: boolean, bits: number): bigint {
  if (bits < 8 || bits > 256 || bits % 8 !== 0) throw refuse('malformed')
  let value: bigint
  if (typeof data === 'number' && Number.isSafeInteger(data)) value = BigInt(data)
  else if (typeof data === 'string' && /^-?\d{1,78}$/.test(data)) value = BigInt(data)
  else if (typeof data === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(data))
    value = hexToBigInt(data as Address)
  else throw refuse('malformed')
  const lowest = isUnsigned ? 0n : -(2n ** BigInt(bits - 1))
  const highest = 2n ** BigInt(isUnsigned ? bits : bits - 1) - 1n
  if (value < lowest || value > highest) throw refuse('outOfRange')
  return value
}

function refuse(reason: 'malformed' | 'tooLarge' | 'outOfRange'): AppError {
  return new AppError('signing.undecodable', { reason })
}
