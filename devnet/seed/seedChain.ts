import { numberToHex, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES, ACCOUNT_ROLES, type AccountRole, DEVNET_MNEMONIC } from '../accounts.ts'
import type { Rpc } from '../anvil/rpc.ts'
import { deployProtocols } from '../deploy/deployProtocols.ts'
import { createSeedingChain } from '../deploy/seedingChain.ts'
import type { LocalChainManifest } from '../manifest.ts'
import { buildTokenList } from './buildTokenList.ts'
import { deployBuilding } from './deployBuilding.ts'
import { deployFeeds } from './deployFeeds.ts'
import { deployHostileTokens } from './deployHostileTokens.ts'
import { deployLoans } from './deployLoans.ts'
import { deployNames } from './deployNames.ts'
import { addressOf, deployTokens, type TokenAddresses } from './deployTokens.ts'
import { VERIFIED_ROLES } from './holdings.ts'
import { fundAccounts, issueTokens } from './issueTokens.ts'
import { deployLiquidityProvider } from './liquidityProvider.ts'
import { createPools } from './pools/createPools.ts'
import { TBILL_YIELD_BPS } from './tokenCatalogue.ts'

/** Time of the genesis block: 1 November 2023, long past, so that a restored chain only ever moves forward. */
export const GENESIS_TIMESTAMP = 1_698_796_800
const YEAR_S = 365 * 86_400
const BLOCK_TIME_S = 12

const fundAbi = parseAbi(['function setYield(uint256 newYieldBps)'])
const registryAbi = parseAbi(['function deleteIdentity(address holder)'])

/** Deploys and fills everything on a fresh node that mines only when told; returns what was made. */
export async function seedChain(rpc: Rpc): Promise<LocalChainManifest> {
  const { deployer } = ACCOUNT_ADDRESSES
  const chain = createSeedingChain(rpc)
  await rpc('anvil_setBlockTimestampInterval', BLOCK_TIME_S)
  const protocols = await deployProtocols(chain)
  const tokens: TokenAddresses = await deployTokens(chain)
  const building = await deployBuilding(chain)
  tokens.TOWER7 = building.token
  const provider = await deployLiquidityProvider(chain)
  for (const role of VERIFIED_ROLES) await building.verify(ACCOUNT_ADDRESSES[role])
  await building.verify(provider.address)
  await issueTokens(chain, tokens, provider)
  // The fund's shares earn a year's interest before anybody trades them; setting the yield books it.
  await rpc('evm_setNextBlockTimestamp', numberToHex(GENESIS_TIMESTAMP + YEAR_S))
  await rpc('evm_mine')
  await chain.write(deployer, addressOf(tokens, 'TBILL'), fundAbi, 'setYield', [TBILL_YIELD_BPS])

  const feeds = await deployFeeds(chain, tokens)
  await provider.approveProtocols(Object.values(tokens))
  const pools = await createPools(chain, provider, tokens, building)
  const hostile = await deployHostileTokens(chain, provider)
  const names = await deployNames(chain)
  const loans = await deployLoans(chain)
  await fundAccounts(chain, tokens, provider)
  await chain.write(
    deployer,
    addressOf(building.contracts, 'trexIdentityRegistry'),
    registryAbi,
    'deleteIdentity',
    [ACCOUNT_ADDRESSES.lapsedInvestor],
  )

  return {
    chainId: 31337,
    name: 'Local chain',
    rpcUrls: [],
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    contracts: {
      ...protocols,
      ...names,
      ...building.contracts,
      liquidityProvider: provider.address,
      ...hostile.contracts,
      ...loans,
    },
    tokenList: buildTokenList(tokens, GENESIS_TIMESTAMP + YEAR_S),
    feeds,
    pools: [...pools, ...hostile.pools],
    practice: { mnemonic: DEVNET_MNEMONIC, accountIndex: ACCOUNT_ROLES.practice, label: 'Practice' },
    accounts: (Object.keys(ACCOUNT_ROLES) as AccountRole[]).map((role) => ({
      role,
      address: ACCOUNT_ADDRESSES[role],
      index: ACCOUNT_ROLES[role],
    })),
  }
}
