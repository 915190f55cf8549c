import type { AbiFunction, AbiParameter } from 'viem'
import { keccak256, parseAbiItem, stringToHex, toFunctionSignature } from 'viem/utils'
import { undecodable } from '../undecodable.ts'

export interface FunctionFormat {
  readonly item: AbiFunction
  /** `transfer(address,uint256)` */
  readonly signature: string
  /** Its first four bytes: what stands before the arguments. */
  readonly selector: `0x${string}`
}

/**
 * The function that a key of `display.formats` names, such as `transfer(address to,uint256 value)`.
 *
 * @throws AppError `signing.undecodable`
 */
export function parseFunctionKey(key: string): FunctionFormat {
  try {
    const item = parseAbiItem(`function ${key.replaceAll(',', ', ')}`) as AbiFunction
    if (item.type !== 'function' || !item.inputs.every(isNamed)) throw undecodable('descriptor', key)
    const signature = toFunctionSignature(item)
    return { item, signature, selector: keccak256(stringToHex(signature)).slice(0, 10) as `0x${string}` }
  } catch {
    throw undecodable('descriptor', key)
  }
}

function isNamed(parameter: AbiParameter): boolean {
  const parts = 'components' in parameter ? parameter.components : []
  return parameter.name !== undefined && parameter.name !== '' && parts.every(isNamed)
}

export type TypedMembers = Readonly<Record<string, readonly { name: string; type: string }[]>>

/** EIP-712's `encodeType`: the primary type, then all that it refers to, by name. */
export function encodeType(primaryType: string, types: TypedMembers): string {
  const used = new Set<string>()
  const follow = (name: string) => {
    if (used.has(name) || !types[name]) return
    used.add(name)
    for (const { type } of types[name]) follow(type.replace(/(\[\d*\])+$/, ''))
  }
  follow(primaryType)
  used.delete(primaryType)
  return [primaryType, ...[...used].sort()]
    .map((name) => `${name}(${(types[name] ?? []).map((each) => `${each.type} ${each.name}`).join(',')})`)
    .join('')
}
