import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import calendarsJson from '../../../../resources/registry/marketCalendars.json' with { type: 'json' }
import assetsJson from '../../../../resources/registry/realWorldAssets.json' with { type: 'json' }
import coinsJson from '../../../../resources/registry/stablecoins.json' with { type: 'json' }
import type {
  AssetDeployment,
  AssetRegistry,
  Claim,
  ClaimSource,
  FeedEntry,
  RealWorldAssetEntry,
  StablecoinEntry,
} from '../../capabilities/assets/index.ts'
import {
  localAssetsSchema,
  marketCalendarFileSchema,
  realWorldAssetFileSchema,
  stablecoinFileSchema,
} from './registrySchemas.ts'

type StablecoinFile = z.infer<typeof stablecoinFileSchema>
type RealWorldAssetFile = z.infer<typeof realWorldAssetFileSchema>
type LocalAssets = z.infer<typeof localAssetsSchema>
type Sources = StablecoinFile['sources']

const localSource: ClaimSource = { title: 'The practice chain’s own manifest' }

/**
 * The shipped registry, extended by the user's `stablecoins.json` and `realWorldAssets.json` in `folder` and by what stands on
 * the local chain. An entry of the user replaces a shipped one of the same id; a file of the user that cannot be read is named
 * among the problems.
 *
 * @throws ZodError, RangeError on damaged shipped data.
 */
export function loadAssetRegistry(folder: string, localManifest: string | undefined): AssetRegistry {
  const local =
    localManifest === undefined
      ? undefined
      : localAssetsSchema.parse(JSON.parse(readFileSync(localManifest, 'utf8')))
  return assembleRegistry(folder, local)
}

function assembleRegistry(folder: string, local: LocalAssets | undefined): AssetRegistry {
  const problems: { file: string; reason: string }[] = []
  const shippedCoins = readCoins(stablecoinFileSchema.parse(coinsJson), local)
  const shippedAssets = readAssets(realWorldAssetFileSchema.parse(assetsJson), local)
  const calendarFile = marketCalendarFileSchema.parse(calendarsJson)
  const own = <File>(file: string, read: (json: unknown) => File): File | undefined => {
    try {
      const content = readOwnFile(join(folder, file))
      return content === undefined ? undefined : read(JSON.parse(content))
    } catch (thrown) {
      problems.push({ file, reason: thrown instanceof Error ? thrown.message.slice(0, 500) : 'unreadable' })
      return undefined
    }
  }
  const ownCoins = own('stablecoins.json', (json) => readCoins(stablecoinFileSchema.parse(json), local))
  const ownAssets = own('realWorldAssets.json', (json) =>
    readAssets(realWorldAssetFileSchema.parse(json), local),
  )
  return {
    stablecoins: replaceById(shippedCoins.coins, ownCoins?.coins ?? []),
    realWorldAssets: replaceById(shippedAssets, ownAssets ?? []),
    feeds: [
      ...shippedCoins.feeds,
      ...(ownCoins?.feeds ?? []),
      ...(local?.feeds ?? [])
        .filter(({ quote }) => quote === 'USD')
        .map(({ base, description, address }) => ({
          chainId: local?.chainId ?? (31337 as FeedEntry['chainId']),
          base,
          description,
          address,
          source: localSource,
        })),
    ],
    calendars: calendarFile.markets.map((market) => ({
      ...market,
      source: sourceOf(calendarFile.sources, market.source),
    })),
    problems,
  }
}

function readCoins(file: StablecoinFile, local: LocalAssets | undefined) {
  const coins = file.coins.map(
    (coin): StablecoinEntry => ({
      ...readBase(coin, file.sources, local),
      currency: coin.currency,
      regulation: (coin.regulation ?? []).map((claim) => readClaim(claim, file.sources)),
      superseded: (coin.superseded ?? []).map((each) => ({
        ...each,
        source: sourceOf(file.sources, each.source),
      })),
    }),
  )
  const feeds = (file.feeds ?? []).map(
    ({ chainId, base, description, address, source }): FeedEntry => ({
      chainId,
      base,
      description,
      address,
      source: sourceOf(file.sources, source),
    }),
  )
  return { coins, feeds }
}

function readAssets(file: RealWorldAssetFile, local: LocalAssets | undefined): RealWorldAssetEntry[] {
  return file.assets.map((asset) => {
    const { standard, whoMayHold, redemptionDelay, market, classification, reference } = asset
    return {
      ...readBase(asset, file.sources, local),
      kind: asset.assetClass,
      ...(standard ? { standard: readClaim(standard, file.sources) } : {}),
      ...(whoMayHold ? { whoMayHold: readClaim(whoMayHold, file.sources) } : {}),
      ...(redemptionDelay ? { redemptionDelay: readClaim(redemptionDelay, file.sources) } : {}),
      ...(market ? { market: readClaim(market, file.sources) } : {}),
      ...(classification ? { classification: readClaim(classification, file.sources) } : {}),
      ...(reference
        ? {
            reference: readClaim(
              { value: reference.localFeed, source: reference.source, asOf: reference.asOf },
              file.sources,
            ),
          }
        : {}),
    }
  })
}

function readBase(
  entry: StablecoinFile['coins'][number] | RealWorldAssetFile['assets'][number],
  sources: Sources,
  local: LocalAssets | undefined,
) {
  const { id, symbol, name, issuer, backing, redemption, powers } = entry
  const deployments = entry.deployments.flatMap((deployment): AssetDeployment[] => {
    const source = sourceOf(sources, deployment.source)
    const { asOf } = deployment
    const inParts =
      'partitions' in deployment && deployment.partitions
        ? { partitions: deployment.partitions.map((part) => ({ id: BigInt(part.id), name: part.name })) }
        : {}
    if ('address' in deployment) {
      const { chainId, address, confirmed } = deployment
      return [{ chainId, address, confirmed, ...inParts, source, asOf }]
    }
    const address =
      'localSymbol' in deployment
        ? local?.tokenList.tokens.find(({ symbol: listed }) => listed === deployment.localSymbol)?.address
        : local?.contracts[deployment.localContract]
    if (!local || !address) return []
    return [{ chainId: local.chainId, address, confirmed: true, ...inParts, source, asOf }]
  })
  return {
    id,
    symbol,
    name,
    ...(issuer ? { issuer: readClaim(issuer, sources) } : {}),
    ...(backing ? { backing: readClaim(backing, sources) } : {}),
    ...(redemption ? { redemption: readClaim(redemption, sources) } : {}),
    powers: {
      ...(powers?.freeze ? { freeze: readClaim(powers.freeze, sources) } : {}),
      ...(powers?.pause ? { pause: readClaim(powers.pause, sources) } : {}),
      ...(powers?.deprecated ? { deprecated: readClaim(powers.deprecated, sources) } : {}),
    },
    deployments,
  }
}

function readClaim<Value>(
  claim: { readonly value: Value; readonly source: string; readonly asOf: string },
  sources: Sources,
): Claim<Value> {
  return { value: claim.value, source: sourceOf(sources, claim.source), asOf: claim.asOf }
}

/** A claim without a source is none. @throws RangeError */
function sourceOf(sources: Sources, key: string): ClaimSource {
  const source = Object.hasOwn(sources, key) ? sources[key] : undefined
  if (!source) throw new RangeError(`The registry names no source "${key}"`)
  return source
}

function replaceById<Entry extends { readonly id: string }>(
  shipped: readonly Entry[],
  own: readonly Entry[],
): Entry[] {
  const ids = new Set(own.map(({ id }) => id))
  return [...shipped.filter(({ id }) => !ids.has(id)), ...own]
}

/** The user's file; `undefined` where there is none. */
export function readOwnFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  }
}
