import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { OwnEntry } from '../../../shared/contract/registry.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AssetRegistry, OwnRegistry } from '../../capabilities/assets/index.ts'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import { loadAssetRegistry, readOwnFile } from './loadAssetRegistry.ts'
import { realWorldAssetFileSchema, stablecoinFileSchema } from './registrySchemas.ts'

type Kind = OwnEntry['kind']
type Source = { title: string; url?: string }

const files = { stablecoin: 'stablecoins.json', realWorldAsset: 'realWorldAssets.json' } as const

/**
 * The registry with what the user adds to it, kept in the same files that he may write himself. What it says is as of the last change
 * made here.
 */
export function createOwnRegistry(
  folder: string,
  localManifest: string | undefined,
): { readonly registry: AssetRegistry; readonly own: OwnRegistry } {
  let current = loadAssetRegistry(folder, localManifest)
  const registry: AssetRegistry = {
    get stablecoins() {
      return current.stablecoins
    },
    get realWorldAssets() {
      return current.realWorldAssets
    },
    get feeds() {
      return current.feeds
    },
    get calendars() {
      return current.calendars
    },
    get problems() {
      return current.problems
    },
  }

  /** @throws AppError `registry.unreadable` where the user's own file is broken: it is his, and is not written over. */
  function readCoins() {
    return (
      parseOwn(stablecoinFileSchema, folder, files.stablecoin) ?? {
        version: 1 as const,
        sources: {},
        coins: [],
      }
    )
  }

  /** @throws AppError `registry.unreadable` */
  function readAssets() {
    return (
      parseOwn(realWorldAssetFileSchema, folder, files.realWorldAsset) ?? {
        version: 1 as const,
        sources: {},
        assets: [],
      }
    )
  }

  async function write(kind: Kind, content: unknown): Promise<void> {
    mkdirSync(folder, { recursive: true })
    await writeFileAtomically(join(folder, files[kind]), `${JSON.stringify(content, null, 2)}\n`)
    current = loadAssetRegistry(folder, localManifest)
  }

  return {
    registry,
    own: {
      list: () => [
        ...tolerate(() => readCoins().coins).map(({ id, symbol, name, currency }) => ({
          kind: 'stablecoin' as const,
          id,
          symbol,
          name,
          of: currency,
        })),
        ...tolerate(() => readAssets().assets).map(({ id, symbol, name, assetClass }) => ({
          kind: 'realWorldAsset' as const,
          id,
          symbol,
          name,
          of: assetClass,
        })),
      ],

      async add({ entry, id, symbol, name, asOf }) {
        const source: Source = { title: entry.source, ...(entry.url === '' ? {} : { url: entry.url }) }
        const base = {
          id,
          symbol,
          name,
          ...(entry.issuer === '' ? {} : { issuer: { value: entry.issuer, source: id, asOf } }),
          deployments: [
            { chainId: entry.chainId, address: entry.address, confirmed: true, source: id, asOf },
          ],
        }
        if (entry.kind === 'stablecoin') {
          const file = readCoins()
          await write(entry.kind, {
            ...file,
            sources: { ...file.sources, [id]: source },
            coins: [...file.coins, { ...base, currency: entry.currency }],
          })
        } else {
          const file = readAssets()
          await write(entry.kind, {
            ...file,
            sources: { ...file.sources, [id]: source },
            assets: [...file.assets, { ...base, assetClass: entry.assetClass }],
          })
        }
      },

      async remove({ kind, id }) {
        const without = <Entry extends { id: string }>(entries: readonly Entry[]) =>
          entries.filter((each) => each.id !== id)
        if (kind === 'stablecoin') {
          const file = readCoins()
          await write(kind, { ...file, coins: without(file.coins) })
        } else {
          const file = readAssets()
          await write(kind, { ...file, assets: without(file.assets) })
        }
      },
    },
  }
}

function parseOwn<Schema extends z.ZodType>(
  schema: Schema,
  folder: string,
  file: string,
): z.infer<Schema> | undefined {
  const content = readOwnFile(join(folder, file))
  if (content === undefined) return undefined
  try {
    return schema.parse(JSON.parse(content))
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof z.ZodError)
      throw new AppError('registry.unreadable')
    throw thrown
  }
}

/** A file that cannot be read is told among the registry's problems, and lists nothing. */
function tolerate<Entry>(read: () => readonly Entry[]): readonly Entry[] {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'registry.unreadable') return []
    throw thrown
  }
}
