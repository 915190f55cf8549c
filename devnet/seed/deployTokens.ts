import { type Address, maxUint256 } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { CANONICAL_ADDRESSES } from '../deploy/canonicalAddresses.ts'
import type { SeedingChain } from '../deploy/seedingChain.ts'
import { loadArtifact } from '../vendor/artifact.ts'
import { STOCK_MULTIPLIER, TBILL_YIELD_BPS, TOKEN_CATALOGUE, type TokenDefinition } from './tokenCatalogue.ts'

/** Addresses of the catalogue's tokens by key. */
export type TokenAddresses = Record<string, Address>

/** The address of a token; throws for one that is not deployed. */
export function addressOf(tokens: TokenAddresses, key: string): Address {
  const address = tokens[key]
  if (address === undefined) throw new Error(`token ${key} is not deployed`)
  return address
}

/** Deploys the catalogue's tokens, except the ERC-3643 one, whose suite stands in `deployBuilding`. */
export async function deployTokens(chain: SeedingChain): Promise<TokenAddresses> {
  const { deployer } = ACCOUNT_ADDRESSES
  const tokens: TokenAddresses = { WETH: CANONICAL_ADDRESSES.weth }
  for (const token of TOKEN_CATALOGUE) {
    if (token.artifact === undefined) continue
    tokens[token.key] = await chain.deploy(deployer, token.artifact, constructorArguments(token, tokens))
  }
  for (const token of TOKEN_CATALOGUE.filter(({ issuance }) => issuance === 'fiatMinter')) {
    const { abi } = loadArtifact('FiatToken')
    await chain.write(deployer, addressOf(tokens, token.key), abi, 'configureMinter', [deployer, maxUint256])
  }
  const stock = loadArtifact('TokenisedStock').abi
  const block = await chain.rpc<{ timestamp: string }>('eth_getBlockByNumber', 'latest', false)
  // Within the hour, so it is in force long before anybody looks at the restored chain.
  const effectiveAt = BigInt(block.timestamp) + 3600n
  await chain.write(deployer, addressOf(tokens, 'HKTR'), stock, 'setUIMultiplier', [
    STOCK_MULTIPLIER,
    effectiveAt,
  ])
  return tokens
}

function constructorArguments(token: TokenDefinition, tokens: TokenAddresses): unknown[] {
  const vault = [tokens.USDC, token.name, token.symbol]
  switch (token.issuance) {
    case 'depositUsdc':
      return [...vault, TBILL_YIELD_BPS]
    case 'creditFund':
      return vault
    default:
      return token.constructorArguments ?? []
  }
}
