import { type AbiFunction, BaseError } from 'viem'
import { decodeFunctionData, encodeFunctionData } from 'viem/utils'
import type { Reading } from '../../../../shared/contract/readings.ts'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'
import { isUndecodable } from '../undecodable.ts'
import { applyFormat } from './applyFormat.ts'
import type { ClearContext } from './ClearContext.ts'
import type { FoundFormat } from './DescriptorBook.ts'
import type { FormatScope } from './formatValue.ts'
import { readEffects } from './readEffects.ts'

export interface Call {
  readonly chainId: ChainId
  readonly from: Address
  readonly to: Address
  readonly value: bigint
  readonly data: `0x${string}`
}

const deepestCall = 4

/** What a call does, by the descriptor of its contract and function; `undefined` where no descriptor explains all of it. */
export function readCall(call: Call, context: ClearContext, depth = 0): Reading | undefined {
  if (depth > deepestCall || call.data.length < 10) return undefined
  const found = context.book.findFunction(call.chainId, call.to, call.data.slice(0, 10).toLowerCase())
  if (!found) return undefined
  const { item, signature } = found.key
  const root = decodeArguments(item, call.data, context)
  return root && readWith(found, { ...call, root, signature }, context, depth)
}

/** Arguments by their names; only of the one encoding that a compiler makes: anything beside it would be signed and not shown. */
function decodeArguments(
  item: AbiFunction,
  data: `0x${string}`,
  { onFault }: ClearContext,
): Record<string, unknown> | undefined {
  try {
    const abi = [item]
    const { args = [] } = decodeFunctionData({ abi, data }) as { args?: readonly unknown[] | undefined }
    if (encodeFunctionData({ abi, args } as never) !== data.toLowerCase()) return undefined
    return Object.fromEntries(item.inputs.map(({ name }, at) => [name ?? '', normalise(args[at])]))
  } catch (thrown) {
    // Data that does not fit is what this is for; anything else is a mistake of ours.
    if (!(thrown instanceof BaseError)) onFault(thrown)
    return undefined
  }
}

/** Small integers, which viem decodes as numbers, become bigints like all others. */
function normalise(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value)
  if (Array.isArray(value)) return value.map(normalise)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, normalise(each)]))
}

/** Applies a format to decoded data; nothing where the descriptor cannot be applied to all of it. */
export function readWith(
  { descriptor, format, isUsers, binding }: FoundFormat<unknown>,
  call: Omit<Call, 'data'> & { readonly root: unknown; readonly signature: string },
  context: ClearContext,
  depth: number,
): Reading | undefined {
  const { chainId, from, to, value, root, signature } = call
  const scope: FormatScope = {
    root,
    base: root,
    container: { from, to, value, chainId: BigInt(chainId) },
    file: descriptor,
    context,
    chainId,
    descriptor,
    depth,
    readInner: (inner) => readCall({ ...inner, chainId: inner.chainId as ChainId }, context, inner.depth),
  }
  const { owner, contractName } = descriptor.metadata ?? {}
  try {
    const shown = applyFormat(format, scope)
    return {
      describedBy: isUsers ? 'user' : 'minato',
      isAssumed: binding === 'assumed',
      ...(owner === undefined ? {} : { owner: toSafeText(owner, 128) }),
      ...(contractName === undefined ? {} : { contractName: toSafeText(contractName, 128) }),
      signature,
      ...shown,
      effects: readEffects(isUsers ? { ...format, $effects: undefined } : format, shown.fields, scope, value),
    }
  } catch (thrown) {
    // Both ways nothing is explained, and so nothing signed without being told. Only the second is a mistake of ours.
    if (!isUndecodable(thrown)) context.onFault(thrown)
    return undefined
  }
}

/** Whether everything within was understood, calls within calls too. */
export function isWhole({ fields }: Reading): boolean {
  return fields.every(
    ({ value }) => value.kind !== 'call' || (value.reading !== undefined && isWhole(value.reading)),
  )
}
