import { hashStruct } from 'viem'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'
import { undecodable } from '../undecodable.ts'
import { type Descriptor, type FormatSpec, parseDescriptor } from './Descriptor.ts'
import { type FunctionFormat, parseFunctionKey } from './formatSignature.ts'
import { mergeIncludes } from './mergeDescriptors.ts'

/** How sure it is that a descriptor is of this contract. */
export type Binding = 'bound' | 'assumed'

interface Entry {
  readonly descriptor: Descriptor
  readonly isUsers: boolean
  /** Where the descriptor itself names no contract: which ones it holds for. */
  readonly bind: ((chainId: number, address: Address, selector: string) => Binding | undefined) | undefined
  readonly functions: ReadonlyMap<string, { readonly key: FunctionFormat; readonly format: FormatSpec }>
}

export interface FoundFormat<Key> {
  readonly descriptor: Descriptor
  readonly format: FormatSpec
  readonly key: Key
  readonly isUsers: boolean
  readonly binding: Binding
}

export interface TypedDomain {
  readonly [name: string]: unknown
}

/** Everything that explains calls and messages: Minato's descriptors first, then the user's. */
export interface DescriptorBook {
  findFunction(chainId: number, address: Address, selector: string): FoundFormat<FunctionFormat> | undefined
  /** @param domainTypes as they are hashed. */
  findMessage(
    chainId: number,
    contract: Address,
    encodedType: string,
    domain: TypedDomain,
    domainTypes: readonly { name: string; type: string }[],
  ): FoundFormat<string> | undefined
  nameContract(chainId: number, address: Address): { name: string; isUsers: boolean } | undefined
}

export interface DescriptorSource {
  readonly json: unknown
  readonly isUsers: boolean
  readonly bind?: Entry['bind']
}

/**
 * @param readIncluded a file that one of them includes.
 * @throws AppError `signing.undecodable`
 */
export function createDescriptorBook(
  sources: readonly DescriptorSource[],
  readIncluded: (name: string) => unknown,
): DescriptorBook {
  return openBook(sources.map((source) => readSource(source, readIncluded)))
}

function readSource(
  { json, isUsers, bind }: DescriptorSource,
  readIncluded: (name: string) => unknown,
): Entry {
  const descriptor = parseDescriptor(mergeIncludes(json, readIncluded))
  // Where it comes from is not known to the signer, which asks no chain.
  if (descriptor.context?.contract?.factory !== undefined) throw undecodable('descriptor', 'factory')
  const functions = new Map<string, { key: FunctionFormat; format: FormatSpec }>()
  if (!descriptor.context?.eip712) {
    for (const [text, format] of Object.entries(descriptor.display.formats)) {
      // A file that only lends formats to others may hold messages as well.
      if (!descriptor.context && !/^[a-z_$]/.test(text)) continue
      const key = parseFunctionKey(text)
      if (functions.has(key.selector)) throw undecodable('descriptor', text)
      functions.set(key.selector, { key, format })
    }
  }
  return { descriptor, isUsers, bind, functions }
}

function openBook(entries: readonly Entry[]): DescriptorBook {
  const bindingOf = (entry: Entry, chainId: number, address: Address, selector = ''): Binding | undefined => {
    const { contract, eip712 } = entry.descriptor.context ?? {}
    const deployments = [...(contract?.deployments ?? []), ...(eip712?.deployments ?? [])]
    const isNamed = deployments.some(
      (each) => each.chainId === chainId && isSameAddress(each.address, address),
    )
    return isNamed ? 'bound' : entry.bind?.(chainId, address, selector)
  }
  /** What is bound goes before what is assumed, Minato's before the user's. */
  function pick<Key>(found: readonly FoundFormat<Key>[]): FoundFormat<Key> | undefined {
    const rank = ({ binding, isUsers }: FoundFormat<Key>) => (binding === 'bound' ? 0 : 2) + (isUsers ? 1 : 0)
    return [...found].sort((a, b) => rank(a) - rank(b))[0]
  }
  return {
    findFunction: (chainId, address, selector) =>
      pick(
        entries.flatMap((entry) => {
          const own = entry.functions.get(selector)
          const binding = own && bindingOf(entry, chainId, address, selector)
          return own && binding
            ? [{ descriptor: entry.descriptor, ...own, isUsers: entry.isUsers, binding }]
            : []
        }),
      ),

    findMessage: (chainId, contract, encodedType, domain, domainTypes) =>
      pick(
        entries.flatMap(({ descriptor, isUsers, ...entry }) => {
          const format = descriptor.display.formats[encodedType]
          const { eip712 } = descriptor.context ?? {}
          const binding = bindingOf({ descriptor, isUsers, ...entry }, chainId, contract)
          if (!format || !eip712 || !binding) return []
          const isMeant =
            Object.entries(eip712.domain ?? {}).every(
              ([name, value]) => String(domain[name]).toLowerCase() === String(value).toLowerCase(),
            ) &&
            (eip712.domainSeparator === undefined ||
              eip712.domainSeparator.toLowerCase() ===
                hashStruct({
                  data: { ...domain },
                  primaryType: 'EIP712Domain',
                  types: { EIP712Domain: [...domainTypes] },
                }))
          return isMeant ? [{ descriptor, format, key: encodedType, isUsers, binding }] : []
        }),
      ),

    nameContract(chainId, address) {
      const entry = entries.find((each) => bindingOf(each, chainId, address) === 'bound')
      const { owner, contractName } = entry?.descriptor.metadata ?? {}
      const name = contractName ?? owner
      return entry && name !== undefined ? { name: toSafeText(name, 128), isUsers: entry.isUsers } : undefined
    },
  }
}
