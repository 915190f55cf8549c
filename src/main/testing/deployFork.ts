import { decodeFunctionResult, encodeFunctionData, erc20Abi, type Hex, parseAbi, zeroAddress } from 'viem'
import type { Devnet } from '../../../devnet/builder/startDevnet.ts'
import { createSeedingChain } from '../../../devnet/deploy/seedingChain.ts'
import { createRpc, warpTime } from '../../../devnet/index.ts'
import type { Address, Hash } from '../../shared/identity/identity.ts'
import type { ForkVenues } from '../capabilities/swaps/index.ts'

const factoryAbi = parseAbi([
  'function createPair(address a, address b) returns (address)',
  'function getPair(address a, address b) view returns (address)',
])
const pairAbi = parseAbi([
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 at)',
  'function mint(address to) returns (uint256)',
])
const coinAbi = parseAbi(['function deposit() payable'])
const permit2: Address = '0x0000000000000000000000000000000000b12ea7'
const depth = 3n
const pairHash: Hash = '0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f'
const poolHash: Hash = '0xe34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54'

/** A second exchange on the local chain, from the same bytecode: its own factory, router and Permit2, and one pair three times as deep as the first one's. */
export async function deployFork(devnet: Devnet, symbol: string): Promise<ForkVenues> {
  const rpc = createRpc(devnet.chain.rpcUrl)
  const chain = createSeedingChain(rpc)
  const { manifest } = devnet
  const { weth } = manifest.contracts
  const owner = manifest.accounts.find(({ role }) => role === 'faucet')?.address
  const token = manifest.tokenList.tokens.find((entry) => entry.symbol === symbol)?.address
  const first = manifest.pools.find(
    ({ kind, tokens }) =>
      kind === 'uniswapV2' && token && weth && tokens.includes(token) && tokens.includes(weth),
  )
  if (!weth || !owner || !token || !first?.address) throw new Error(`No pair of ${symbol}`)
  await chain.deployAt(permit2, owner, 'Permit2')
  const factory = await chain.deploy(owner, 'UniswapV2Factory', [owner])
  const universalRouter = await chain.deploy(owner, 'UniversalRouter', [
    {
      permit2,
      weth9: weth,
      v2Factory: factory,
      v3Factory: factory,
      pairInitCodeHash: pairHash,
      poolInitCodeHash: poolHash,
      v4PoolManager: zeroAddress,
      v3NFTPositionManager: zeroAddress,
      v4PositionManager: zeroAddress,
      spokePool: zeroAddress,
    },
  ])
  const call = async (to: Address, data: Hex) => rpc<Hex>('eth_call', { to, data }, 'latest')
  await chain.write(owner, factory, factoryAbi, 'createPair', [token, weth])
  const pair = decodeFunctionResult({
    abi: factoryAbi,
    functionName: 'getPair',
    data: await call(
      factory,
      encodeFunctionData({ abi: factoryAbi, functionName: 'getPair', args: [token, weth] }),
    ),
  })
  const [reserve0, reserve1] = decodeFunctionResult({
    abi: pairAbi,
    functionName: 'getReserves',
    data: await call(first.address, encodeFunctionData({ abi: pairAbi, functionName: 'getReserves' })),
  })
  const [ofToken, ofCoin] = first.tokens[0] === token ? [reserve0, reserve1] : [reserve1, reserve0]
  await chain.write(owner, weth, coinAbi, 'deposit', [], depth * ofCoin)
  await chain.write(owner, weth, erc20Abi, 'transfer', [pair, depth * ofCoin])
  await chain.write(owner, token, erc20Abi, 'transfer', [pair, depth * ofToken])
  await chain.write(owner, pair, pairAbi, 'mint', [owner])
  // As on a chain with seconds between its blocks: within one a pair writes no average price, and a trade takes less gas.
  await warpTime(rpc, 12)
  return { name: 'Breakwater', universalRouter, permit2, uniswapV2: { factory, initCodeHash: pairHash } }
}
