import type { TokenList } from './parseTokenList.ts'

/** A list in the Token Lists format, as `parseTokenList` reads it. */
export function writeTokenList({ name, version, writtenAt, tokens }: TokenList): string {
  const [major, minor, patch] = version.split('.').map(Number)
  return JSON.stringify({
    name,
    ...(writtenAt === undefined ? {} : { timestamp: writtenAt }),
    version: { major, minor, patch },
    tokens: tokens.map(({ ref, symbol, name: own, decimals }) => ({
      chainId: ref.chainId,
      address: ref.address,
      symbol,
      name: own,
      decimals,
    })),
  })
}
