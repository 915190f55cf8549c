import { join } from 'node:path'
import { keccak256, stringToBytes } from 'viem/utils'
import { z } from 'zod'
import { type DescriptorSummary, descriptorTextSchema } from '../../../../shared/contract/descriptors.ts'
import { AppError } from '../../../../shared/errors/AppError.ts'
import { type Hash, hashSchema } from '../../../../shared/identity/identity.ts'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'
import { readFileIfExists } from '../../../adapters/files/readFileIfExists.ts'
import { writeFileAtomically } from '../../../adapters/files/writeFileAtomically.ts'
import { undecodable } from '../undecodable.ts'
import { interfaces } from './builtInDescriptors.ts'
import { parseDescriptor } from './Descriptor.ts'
import { createDescriptorBook } from './DescriptorBook.ts'
import { mergeIncludes } from './mergeDescriptors.ts'

const keptSchema = z
  .array(z.strictObject({ text: descriptorTextSchema, addedAtMs: z.int().nonnegative() }))
  .max(256)
type Kept = z.infer<typeof keptSchema>
const maximumBytes = 64 * 1024 * 1024
const fileName = 'descriptors.json'

/** Descriptors that the user loaded, each after an approval; beside the vault, because nothing in them is secret. */
export interface UserDescriptors {
  list(): Promise<readonly { readonly json: unknown; readonly summary: DescriptorSummary }[]>
  /** What it would explain. @throws AppError `signing.undecodable` where it is not to the standard. */
  check(text: string, nowMs: number): DescriptorSummary
  /** @throws AppError `vault.writeFailed` */
  add(text: string, nowMs: number): Promise<DescriptorSummary>
  /** @throws AppError `vault.writeFailed` */
  remove(digest: Hash): Promise<void>
}

export const readInterface = (name: string): unknown => interfaces[name.replace(/^.*\//, '')]

export function openUserDescriptors(folder: string): UserDescriptors {
  const path = join(folder, fileName)

  async function read(): Promise<Kept> {
    const bytes = await readFileIfExists(path, maximumBytes)
    if (!bytes) return []
    try {
      return keptSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
    } catch {
      // They only ever add explanations: without them less is understood, and nothing else.
      return []
    }
  }

  async function write(kept: Kept): Promise<void> {
    try {
      await writeFileAtomically(path, new TextEncoder().encode(JSON.stringify(kept)))
    } catch (thrown) {
      throw new AppError('vault.writeFailed', {}, { cause: thrown })
    }
  }

  return {
    list: async () =>
      (await read()).flatMap(({ text, addedAtMs }) => {
        try {
          return [{ json: JSON.parse(text) as unknown, summary: summarise(text, addedAtMs) }]
        } catch {
          // Written by a version that accepted more: it explains nothing here.
          return []
        }
      }),
    check: summarise,
    async add(text, nowMs) {
      const summary = summarise(text, nowMs)
      const others = (await read()).filter((each) => digestOf(each.text) !== summary.digest)
      await write([...others, { text, addedAtMs: nowMs }])
      return summary
    },
    async remove(digest) {
      await write((await read()).filter((each) => digestOf(each.text) !== digest))
    },
  }
}

const digestOf = (text: string): Hash => hashSchema.parse(keccak256(stringToBytes(text)))

function summarise(text: string, addedAtMs: number): DescriptorSummary {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw undecodable('descriptor', 'JSON')
  }
  // Everything that could go wrong later goes wrong now.
  createDescriptorBook([{ json, isUsers: true }], readInterface)
  const { context, metadata, display } = parseDescriptor(mergeIncludes(json, readInterface))
  const isMessages = context?.eip712 !== undefined
  const contracts = (isMessages ? context?.eip712 : context?.contract)?.deployments ?? []
  if (contracts.length === 0) throw undecodable('descriptor', 'context.deployments')
  if (metadata?.owner === undefined) throw undecodable('descriptor', 'metadata.owner')
  return {
    digest: digestOf(text),
    owner: toSafeText(metadata.owner, 128),
    ...(metadata.contractName === undefined ? {} : { contractName: toSafeText(metadata.contractName, 128) }),
    kind: isMessages ? 'messages' : 'calls',
    contracts: contracts.map(({ chainId, address }) => ({ chainId, address })),
    explains: Object.keys(display.formats).map((each) => toSafeText(each, 512)),
    addedAtMs,
  }
}
