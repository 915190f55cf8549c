import { type Address, encodeFunctionData, erc20Abi, maxUint256, numberToHex, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import type { SeedCall, SeedingChain } from '../deploy/seedingChain.ts'
import { loadArtifact } from '../vendor/artifact.ts'
import { addressOf, type TokenAddresses } from './deployTokens.ts'
import { HOLDINGS } from './holdings.ts'
import type { LiquidityProvider } from './liquidityProvider.ts'
import { TOKEN_CATALOGUE, type TokenDefinition, unitsWorth } from './tokenCatalogue.ts'

/** Worth of each freely issued token that the provider receives, to fill the pools and the accounts. */
const ISSUED_USD = 250_000_000n
const WRAPPED_USD = 200_000_000n
const FUND_DEPOSIT_USD = 60_000_000n
/** Pays the fund's interest for some thirty years. */
const FUND_RESERVE_USD = 80_000_000n
const CREDIT_DEPOSIT_USD = 4_000_000n
/** What the fund's borrowers have paid so far: three percent. */
const CREDIT_EARNED_USD = 120_000n
const BUILDING_SHARES = 50_000n * 10n ** 18n

const mintAbi = parseAbi(['function mint(address to, uint256 amount)'])
const wethAbi = parseAbi(['function deposit() payable'])
const tetherAbi = parseAbi(['function issue(uint256 amount)', 'function transfer(address to, uint256 value)'])

/** Issues every token to the liquidity provider, from which the accounts are then paid. */
export async function issueTokens(
  chain: SeedingChain,
  tokens: TokenAddresses,
  provider: LiquidityProvider,
): Promise<void> {
  for (const token of TOKEN_CATALOGUE) await issue(chain, tokens, provider, token)
}

async function issue(
  chain: SeedingChain,
  tokens: TokenAddresses,
  provider: LiquidityProvider,
  token: TokenDefinition,
): Promise<void> {
  const { deployer } = ACCOUNT_ADDRESSES
  const address = addressOf(tokens, token.key)
  const amount = unitsWorth(token.key, ISSUED_USD)
  switch (token.issuance) {
    case 'owner':
    case 'fiatMinter':
      return chain.write(deployer, address, mintAbi, 'mint', [provider.address, amount])
    case 'trexAgent':
      return chain.write(deployer, address, mintAbi, 'mint', [provider.address, BUILDING_SHARES])
    case 'tether':
      await chain.write(deployer, address, tetherAbi, 'issue', [amount])
      return chain.write(deployer, address, tetherAbi, 'transfer', [provider.address, amount])
    case 'wrapEther': {
      const value = unitsWorth(token.key, WRAPPED_USD)
      return provider.execute([
        { to: address, value, data: encodeFunctionData({ abi: wethAbi, functionName: 'deposit' }) },
      ])
    }
    case 'depositUsdc':
      return provider.execute(fundCalls(address, addressOf(tokens, 'USDC'), provider.address))
    case 'creditFund':
      return provider.execute(creditCalls(address, addressOf(tokens, 'USDC'), provider.address))
  }
}

function fundCalls(fund: Address, usdc: Address, receiver: Address): SeedCall[] {
  const { abi } = loadArtifact('TreasuryBillFund')
  const call = (functionName: string, args: unknown[]) => ({
    to: fund,
    data: encodeFunctionData({ abi, functionName, args }),
  })
  return [
    {
      to: usdc,
      data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [fund, maxUint256] }),
    },
    call('deposit', [unitsWorth('USDC', FUND_DEPOSIT_USD), receiver]),
    call('depositReserve', [unitsWorth('USDC', FUND_RESERVE_USD)]),
  ]
}

function creditCalls(fund: Address, usdc: Address, receiver: Address): SeedCall[] {
  const { abi } = loadArtifact('RequestedRedemptionFund')
  const inUsdc = (functionName: 'approve' | 'transfer', amount: bigint) => ({
    to: usdc,
    data: encodeFunctionData({ abi: erc20Abi, functionName, args: [fund, amount] }),
  })
  const deposit = [unitsWorth('USDC', CREDIT_DEPOSIT_USD), receiver]
  return [
    inUsdc('approve', maxUint256),
    { to: fund, data: encodeFunctionData({ abi, functionName: 'deposit', args: deposit }) },
    inUsdc('transfer', unitsWorth('USDC', CREDIT_EARNED_USD)),
  ]
}

/** Pays each account what `HOLDINGS` says, from the liquidity provider. */
export async function fundAccounts(
  chain: SeedingChain,
  tokens: TokenAddresses,
  provider: LiquidityProvider,
): Promise<void> {
  for (const { role, ether, tokens: amounts } of HOLDINGS) {
    const account = ACCOUNT_ADDRESSES[role]
    const transfers = Object.entries(amounts).map(([key, amount]) => ({
      to: addressOf(tokens, key),
      data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [account, amount] }),
    }))
    if (transfers.length > 0) await provider.execute(transfers)
    if (ether !== undefined) await chain.rpc('anvil_setBalance', account, numberToHex(ether))
  }
}
