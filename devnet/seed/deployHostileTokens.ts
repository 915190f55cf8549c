import { type Address, encodeFunctionData, erc20Abi, maxUint256, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { CANONICAL_ADDRESSES } from '../deploy/canonicalAddresses.ts'
import type { SeedingChain } from '../deploy/seedingChain.ts'
import type { PoolEntry } from '../manifest.ts'
import type { LiquidityProvider } from './liquidityProvider.ts'
import { createV2Pool } from './pools/createV2Pool.ts'
import { sqrtPriceX96Of } from './pools/priceMath.ts'
import { unitsWorth } from './tokenCatalogue.ts'

const UNIT = 10n ** 18n
const SUPPLY = 1_000_000_000n * UNIT
const AIRDROP = 1_000_000n

const tokenAbi = parseAbi(['function mint(address to, uint256 amount)', 'function allow(address account)'])

/** A right-to-left override turns what follows around on screen; line breaks push honest text away. */
const RUDE_SYMBOL = `USD\u202eCDSU\n\n${'VERYLONGSYMBOL'.repeat(12)}`

/** Tokens that wallets must survive. They are on no token list; two have pools, three were "airdropped". */
export async function deployHostileTokens(
  chain: SeedingChain,
  provider: LiquidityProvider,
): Promise<{ contracts: Record<string, Address>; pools: PoolEntry[] }> {
  const { deployer, practice } = ACCOUNT_ADDRESSES
  const deploy = (artifact: string, args: unknown[] = []) => chain.deploy(deployer, artifact, args)
  const mint = (token: Address, to: Address, amount: bigint) =>
    chain.write(deployer, token, tokenAbi, 'mint', [to, amount])

  const feeOnTransfer = await deploy('FeeOnTransferToken')
  const honeypot = await deploy('HoneypotToken')
  const contracts = {
    hostileFeeOnTransfer: feeOnTransfer,
    hostileHoneypot: honeypot,
    hostileReverting: await deploy('RevertingToken'),
    hostileFalseReturning: await deploy('FalseReturningToken'),
    hostileBytes32Metadata: await deploy('Bytes32MetadataToken', [SUPPLY]),
    hostileOversizedMetadata: await deploy('OversizedMetadataToken'),
    // The last letter is a Cyrillic Es.
    hostileHomoglyphUsdc: await deploy('IssuedToken', ['USD Coin', 'USD\u0421', 6]),
    hostileRudeSymbol: await deploy('IssuedToken', [`USD Coin\u202e ${'A'.repeat(200)}`, RUDE_SYMBOL, 18]),
  }
  await mint(contracts.hostileReverting, practice, AIRDROP * UNIT)
  await mint(contracts.hostileHomoglyphUsdc, practice, AIRDROP * 10n ** 6n)
  await mint(contracts.hostileRudeSymbol, practice, AIRDROP * UNIT)
  for (const token of [feeOnTransfer, honeypot]) {
    await mint(token, provider.address, SUPPLY)
    await mint(token, ACCOUNT_ADDRESSES.faucet, SUPPLY)
  }
  await chain.write(deployer, honeypot, tokenAbi, 'allow', [provider.address])
  await approveRouter(provider, [feeOnTransfer, honeypot])
  const open = async (token: Address, depthUsd: bigint, note: string) => {
    const amount0 = depthUsd * 100n * UNIT
    const amount1 = unitsWorth('WETH', depthUsd)
    const tokenFirst = token.toLowerCase() < CANONICAL_ADDRESSES.weth.toLowerCase()
    const sides = tokenFirst
      ? { token0: token, token1: CANONICAL_ADDRESSES.weth, amount0, amount1 }
      : { token0: CANONICAL_ADDRESSES.weth, token1: token, amount0: amount1, amount1: amount0 }
    const sqrtPriceX96 = sqrtPriceX96Of(sides.amount0, sides.amount1)
    // The pair pays a buyer out, so a honeypot must let it send: that is what makes buying possible.
    const admit = (pair: Address) =>
      token === honeypot ? chain.write(deployer, honeypot, tokenAbi, 'allow', [pair]) : Promise.resolve()
    return { ...(await createV2Pool(chain, provider, { ...sides, sqrtPriceX96 }, admit)), note }
  }
  const pools = [
    await open(feeOnTransfer, 50_000n, 'hostile: keeps 1% of every transfer'),
    await open(honeypot, 30_000n, 'hostile: can be bought, never sold'),
  ]
  return { contracts, pools }
}

function approveRouter(provider: LiquidityProvider, tokens: Address[]): Promise<void> {
  const args = [CANONICAL_ADDRESSES.uniswapV2Router02, maxUint256] as const
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args })
  return provider.execute(tokens.map((to) => ({ to, data })))
}
