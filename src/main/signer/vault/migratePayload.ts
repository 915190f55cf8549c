import { z } from 'zod'

/**
 * Steps from a payload's version to the next: `migrations[n]` takes a payload of version n + 1 to n + 2. A step is never
 * changed once a version with it was published; the file itself is rewritten with the next save, not by being opened.
 */
const migrations: readonly ((payload: Record<string, unknown>) => Record<string, unknown>)[] = [
  // Version 1 knew phrases only, all counted as BIP-44 says, and no standing rules.
  ({ wallets, ...payload }) => ({
    ...payload,
    wallets: z
      .array(z.record(z.string(), z.unknown()))
      .parse(wallets)
      .map((wallet) => ({ ...wallet, pathTemplate: "m/44'/60'/0'/0/{index}" })),
    rules: [],
  }),
]

const versionedSchema = z.looseObject({ version: z.int().min(1) })

/** A payload as the newest version writes it, from whichever version wrote it; what is no payload comes back as it is. */
export function migratePayload(content: unknown): unknown {
  const versioned = versionedSchema.safeParse(content)
  if (!versioned.success) return content
  let payload: Record<string, unknown> = versioned.data
  try {
    for (const migrate of migrations.slice(versioned.data.version - 1)) {
      payload = { ...migrate(payload), version: Number(payload.version) + 1 }
    }
  } catch {
    return content
  }
  return payload
}
