import { getAddress, hexToBigInt, hexToBytes, keccak256 } from 'viem/utils'
import type { ReadingValue } from '../../../../shared/contract/readings.ts'
import {
  type Address,
  type ChainId,
  chainIdSchema,
  isSameAddress,
} from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'
import { undecodable } from '../undecodable.ts'
import { type ClearContext, findToken, nameAddress } from './ClearContext.ts'
import type { Descriptor, FieldParams } from './Descriptor.ts'
import { type PathScope, resolveOne, resolvePath } from './paths.ts'

export interface FormatScope extends PathScope {
  readonly context: ClearContext
  readonly chainId: ChainId
  readonly descriptor: Descriptor
  /** Calls within calls so far. */
  readonly depth: number
  /** Reads a call within the call; undefined where nobody knows it. */
  readonly readInner: (call: {
    chainId: number
    to: Address
    data: `0x${string}`
    value: bigint
    from: Address
    depth: number
  }) => Extract<ReadingValue, { kind: 'call' }>['reading']
}

const latestSeconds = 8_640_000_000_000n
const longestText = 2_000

/**
 * One value as its format tells to show it.
 *
 * @param index of the value in its list, by which lists in the parameters are read.
 * @throws AppError `signing.undecodable`
 */
export function formatValue(
  format: string,
  params: FieldParams,
  value: unknown,
  scope: FormatScope,
  index: { at: number; of: number },
): ReadingValue {
  const param = (name: keyof FieldParams & string) => readParam(params, name, scope, index)
  switch (format) {
    case 'amount':
      return { kind: 'amount', units: toInteger(value), token: nativeToken(scope, scope.chainId) }
    case 'tokenAmount':
      return formatAmount(toInteger(value), params, param, scope)
    case 'nftName': {
      const collection = toAddress(param('collection'))
      const name = nameAddress(scope.context, scope.chainId, collection)?.name
      return { kind: 'nft', id: toInteger(value), collection, ...(name === undefined ? {} : { name }) }
    }
    case 'date': {
      const at = toInteger(value)
      if (params.encoding === 'blockheight') return { kind: 'block', number: at }
      return at > latestSeconds ? { kind: 'never' } : { kind: 'date', atMs: Number(at) * 1000 }
    }
    case 'duration':
      return { kind: 'duration', seconds: toInteger(value) }
    case 'unit':
      return {
        kind: 'unit',
        value: toInteger(value),
        decimals: params.decimals ?? 0,
        base: toSafeText(params.base ?? '', 32),
        prefix: params.prefix ?? false,
      }
    case 'enum': {
      const names = resolveOne(params.$ref ?? '', scope) as Record<string, string>
      const name = Object.hasOwn(names, String(value)) ? names[String(value)] : undefined
      if (name === undefined) throw undecodable('descriptor', `${params.$ref}: ${String(value)}`)
      return { kind: 'text', text: toSafeText(name, 256) }
    }
    case 'chainId': {
      const chainId = chainIdSchema.parse(Number(toInteger(value)))
      const name = scope.context.chains.find((chain) => chain.chainId === chainId)?.name
      return { kind: 'chain', chainId, ...(name === undefined ? {} : { name }) }
    }
    case 'addressName':
      return formatAddress(toAddress(value), params, param, scope)
    case 'tokenTicker': {
      const address = toAddress(value)
      const token = findToken(scope.context, chainOf(param('chainId'), scope), address)
      return token ? { kind: 'text', text: token.symbol } : describeAddress(scope, scope.chainId, address)
    }
    case 'interoperableAddressName':
      return formatInteroperable(toHex(value), scope)
    case 'calldata':
      return formatCall(toHex(value), params, param, scope)
    default:
      return formatRaw(value, scope)
  }
}

function formatAmount(
  units: bigint,
  params: FieldParams,
  param: (name: keyof FieldParams & string) => unknown,
  scope: FormatScope,
): ReadingValue {
  const chainId = chainOf(param('chainId'), scope)
  const given = param('token')
  const tokenAddress = given === undefined ? undefined : toAddress(given)
  const natives = [param('nativeCurrencyAddress') ?? []].flat().map((each) => toAddress(each))
  const isNative = tokenAddress !== undefined && natives.some((each) => isSameAddress(each, tokenAddress))
  const token = isNative
    ? nativeToken(scope, chainId)
    : tokenAddress &&
      (findToken(scope.context, chainId, tokenAddress) ?? claimedToken(scope, chainId, tokenAddress))
  const threshold = param('threshold')
  const isAbove = threshold !== undefined && units >= toInteger(threshold)
  return {
    kind: 'amount',
    units,
    ...(token ? { token } : {}),
    ...(tokenAddress && !isNative ? { tokenAddress } : {}),
    ...(isAbove ? { message: toSafeText(params.message ?? 'Unlimited', 128) } : {}),
  }
}

/** A descriptor may say what its own contract does not: only of the contract that it is bound to. */
function claimedToken(
  { container, descriptor }: FormatScope,
  chainId: number,
  address: Address,
): Token | undefined {
  const { token } = descriptor.metadata ?? {}
  if (!token || !isSameAddress(address, container.to as Address)) return undefined
  return {
    ref: { chainId: chainId as ChainId, address },
    symbol: toSafeText(token.ticker, 64),
    name: toSafeText(token.name, 128),
    decimals: token.decimals,
    assetClass: 'token',
    source: 'contract',
  }
}

function formatAddress(
  address: Address,
  { types }: FieldParams,
  param: (name: keyof FieldParams & string) => unknown,
  scope: FormatScope,
): ReadingValue {
  const stands = [param('senderAddress') ?? []].flat().map((each) => toAddress(each))
  const meant = stands.some((each) => isSameAddress(each, address))
    ? (scope.container.from as Address)
    : address
  const { context, chainId } = scope
  const isOwn = context.ownNameOf(meant) !== undefined
  const fits = (type: string) =>
    type === 'wallet'
      ? isOwn
      : type === 'token'
        ? findToken(context, chainId, meant) !== undefined
        : // Whether an address holds code, or is a collection, the signer cannot know.
          !isOwn || type === 'eoa'
  const described = describeAddress(scope, chainId, meant)
  return types === undefined || types.length === 0 || types.some(fits)
    ? described
    : { ...described, isUnexpected: true }
}

function describeAddress(
  { context }: FormatScope,
  chainId: number,
  address: Address,
): Extract<ReadingValue, { kind: 'address' }> {
  return { kind: 'address', address, ...nameAddress(context, chainId, address) }
}

/** ERC-7930: version, kind of chain, chain and address, each with its length. Only chains of EIP-155 and their addresses are read. */
function formatInteroperable(hex: `0x${string}`, scope: FormatScope): ReadingValue {
  const bytes = hexToBytes(hex)
  const chainLength = bytes[4] ?? 0
  const addressLength = bytes[5 + chainLength] ?? 0
  const isWhole = bytes.length === 6 + chainLength + addressLength
  const isEvm = bytes[0] === 0 && bytes[1] === 1 && bytes[2] === 0 && bytes[3] === 0
  if (!isWhole || !isEvm || addressLength !== 20 || chainLength < 1 || chainLength > 6)
    throw undecodable('malformed')
  const chainId = Number(hexToBigInt(`0x${hex.slice(12, 12 + chainLength * 2)}`))
  const address = getAddress(`0x${hex.slice(-40)}`)
  const checksum = keccak256(bytes.subarray(2)).slice(2, 10).toUpperCase()
  const name = nameAddress(scope.context, chainId, address)?.name
  return {
    kind: 'text',
    text: `${name === undefined ? '' : `${name} `}${address}@eip155:${chainId}#${checksum}`,
  }
}

function formatCall(
  hex: `0x${string}`,
  params: FieldParams,
  param: (name: keyof FieldParams & string) => unknown,
  scope: FormatScope,
): ReadingValue {
  if (params.callee === undefined && params.calleePath === undefined) return { kind: 'call', hex }
  const callee = toAddress(param('callee'))
  const selector = param('selector')
  const spender = param('spender')
  const amount = param('amount')
  const reading = scope.readInner({
    chainId: chainOf(param('chainId'), scope),
    to: callee,
    data: selector === undefined ? hex : `${toHex(selector)}${hex.slice(2)}`,
    value: amount === undefined ? 0n : toInteger(amount),
    from: spender === undefined ? (scope.container.from as Address) : toAddress(spender),
    depth: scope.depth + 1,
  })
  return { kind: 'call', callee, hex, ...(reading ? { reading } : {}) }
}

function formatRaw(value: unknown, scope: FormatScope): ReadingValue {
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  if (typeof value === 'bigint' || typeof value === 'number') return { kind: 'integer', value: BigInt(value) }
  if (typeof value !== 'string') throw undecodable('descriptor', 'raw')
  if (/^0x[0-9a-fA-F]{40}$/.test(value)) return describeAddress(scope, scope.chainId, value as Address)
  if (/^0x(?:[0-9a-fA-F]{2})*$/.test(value)) return { kind: 'bytes', hex: value }
  return { kind: 'text', text: toSafeText(value, longestText) }
}

/** A parameter by its constant, its map, or its path; of a list the element that goes with the value. */
function readParam(
  params: FieldParams,
  name: string,
  scope: FormatScope,
  { at, of }: { at: number; of: number },
): unknown {
  const given = (params as Record<string, unknown>)[name]
  if (given !== undefined)
    return Array.isArray(given) ? given.map((each) => settle(each, scope)) : settle(given, scope)
  const path = (params as Record<string, unknown>)[`${name}Path`]
  if (typeof path !== 'string') return undefined
  const { values, isMany } = resolvePath(path, scope)
  if (!isMany) return values[0]
  if (values.length !== of) throw undecodable('descriptor', path)
  return values[at]
}

function settle(given: unknown, scope: FormatScope): unknown {
  if (typeof given === 'string' && given.startsWith('$.')) return resolveOne(given, scope)
  if (typeof given !== 'object' || given === null) return given
  const { map, keyPath } = given as { map: string; keyPath: string }
  const { values } = resolveOne(map, scope) as { values: Record<string, unknown> }
  const key = String(resolveOne(keyPath, scope))
  const found = Object.entries(values).find(([each]) => each.toLowerCase() === key.toLowerCase())
  if (!found) throw undecodable('descriptor', `${map}: ${key}`)
  return found[1]
}

function chainOf(given: unknown, { chainId }: FormatScope): number {
  return given === undefined ? chainId : Number(toInteger(given))
}

function nativeToken({ context }: FormatScope, chainId: number): Token {
  const chain = context.chains.find((each) => each.chainId === chainId)
  if (!chain) throw undecodable('descriptor', String(chainId))
  return chain.nativeToken
}

export function toInteger(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^(?:-?\d{1,78}|0x[0-9a-fA-F]{1,64})$/.test(value)) return BigInt(value)
  throw undecodable('descriptor', 'integer')
}

/** Also of an integer that holds one, as 1inch packs them. */
export function toAddress(value: unknown): Address {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value))
    return getAddress(value.toLowerCase() as Address)
  if (typeof value === 'bigint' && value >= 0n) {
    return getAddress(`0x${BigInt.asUintN(160, value).toString(16).padStart(40, '0')}`)
  }
  throw undecodable('descriptor', 'address')
}

function toHex(value: unknown): `0x${string}` {
  if (typeof value === 'string' && /^0x(?:[0-9a-fA-F]{2})*$/.test(value)) return value as `0x${string}`
  throw undecodable('descriptor', 'bytes')
}
