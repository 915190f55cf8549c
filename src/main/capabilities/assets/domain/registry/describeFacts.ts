import type { AssetFact, Attribution } from '../../../../../shared/contract/assets.ts'
import type { Claim, RealWorldAssetEntry, StablecoinEntry } from './AssetRegistry.ts'

/** What a claim rests on, as the screens show it. */
export function attribute({ source, asOf }: Pick<Claim, 'source' | 'asOf'>): Attribution {
  return { title: source.title, ...(source.url === undefined ? {} : { url: source.url }), asOf }
}

/** The registry's claims on an asset, one by one, each with its source. */
export function describeFacts(entry: StablecoinEntry | RealWorldAssetEntry): AssetFact[] {
  const facts: AssetFact[] = []
  const add = (topic: AssetFact['topic'], claim: Claim | undefined) => {
    if (claim) facts.push({ topic, value: claim.value, source: attribute(claim) })
  }
  add('issuer', entry.issuer)
  add('backing', entry.backing)
  add('redemption', entry.redemption)
  if ('regulation' in entry) {
    for (const claim of entry.regulation) {
      const { kind, regulator, country } = claim.value
      const authority = country === undefined ? regulator : `${regulator} (${country})`
      facts.push({ topic: 'regulation', value: kind, authority, source: attribute(claim) })
    }
  } else {
    add('standard', entry.standard)
    add('whoMayHold', entry.whoMayHold)
    if (entry.redemptionDelay) {
      const { value } = entry.redemptionDelay
      facts.push({
        topic: 'redemptionDelay',
        value: String(value),
        source: attribute(entry.redemptionDelay),
      })
    }
    add('market', entry.market)
    if (entry.classification) {
      const { status, regulator } = entry.classification.value
      facts.push({
        topic: 'classification',
        value: status,
        authority: regulator,
        source: attribute(entry.classification),
      })
    }
  }
  add('freezePower', entry.powers.freeze)
  add('pausePower', entry.powers.pause)
  return facts
}
