import { zeroAddress } from 'viem'
import { startChain } from '../../devnet/index.ts'
import { createNodeNetwork } from '../../src/main/adapters/chain/createNodeNetwork.ts'
import { createPoolReader } from '../../src/main/adapters/chain/pools/createPoolReader.ts'
import { parseLocalVenues } from '../../src/main/adapters/chain/pools/loadSwapVenues.ts'
import { parseChainManifest } from '../../src/main/adapters/chain/readChainManifest.ts'
import { monotonicMs, nowMs } from '../../src/main/adapters/system/clock.ts'
import { schedule } from '../../src/main/adapters/system/schedule.ts'
import { findTrade, loadMarket } from '../../src/main/capabilities/swaps/index.ts'
import type { Address, ChainId } from '../../src/shared/identity/identity.ts'

/**
 * The first quote of pairs that were never looked at, on the local chain: finding the pools, reading them and their ticks, and the
 * search. Each pair with a reader that knows nothing; the second time, at the next block, by events.
 *
 * `node bench/router/cold.ts`
 */
const pairs = [
  ['ETH', 'USDC'],
  ['UNI', 'DAI'],
  ['LINK', 'JPYC'],
  ['AAVE', 'EURC'],
  ['WBTC', 'USDT'],
  ['USDC', 'TBILL'],
] as const

const chain = await startChain({ mining: 'auto' })
try {
  const { manifest } = chain
  const { definition } = parseChainManifest({ ...manifest, rpcUrls: [chain.rpcUrl] })
  const network = createNodeNetwork({
    definitions: [definition],
    nowMs,
    monotonicMs,
    schedule,
    onBug(bug) {
      throw bug
    },
  })
  const chainId: ChainId = definition.chainId
  let calls = 0
  const counting: typeof network = {
    ...network,
    rpc(of) {
      const rpc = network.rpc(of)
      return {
        ...rpc,
        request(method, params, schema) {
          calls += 1
          return rpc.request(method, params, schema)
        },
      }
    },
  }
  const venues = parseLocalVenues(manifest)
  if (!venues) throw new Error('The local chain has no venues')
  const tokenOf = (symbol: string): Address => {
    const token = manifest.tokenList.tokens.find((entry) => entry.symbol === symbol)
    if (symbol === 'ETH') return zeroAddress
    if (!token) throw new Error(`No ${symbol}`)
    return token.address
  }
  const decimalsOf = (symbol: string) =>
    manifest.tokenList.tokens.find((entry) => entry.symbol === symbol)?.decimals ?? 18
  const mine = async () => {
    await fetch(chain.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'evm_mine', params: [] }),
    })
  }
  const rows = []
  for (const [from, to] of pairs) {
    const reader = createPoolReader(counting)
    const [tokenIn, tokenOut] = [tokenOf(from), tokenOf(to)]
    const quote = async () => {
      calls = 0
      const startedAt = performance.now()
      const block = await reader.readBlock(chainId)
      const market = await loadMarket(reader, chainId, venues, [tokenIn, tokenOut], block, 0)
      const found = findTrade(market, {
        mode: 'exactIn',
        tokenIn,
        tokenOut,
        amount: 10n ** BigInt(decimalsOf(from)),
        gasPrice: 10n ** 9n,
      })
      return { ms: performance.now() - startedAt, calls, pools: market.pools.size, found: found.kind }
    }
    const cold = await quote()
    await mine()
    const next = await quote()
    rows.push({
      pair: `${from} to ${to}`,
      pools: cold.pools,
      found: cold.found,
      'cold ms': cold.ms.toFixed(0),
      'cold calls': cold.calls,
      'next block ms': next.ms.toFixed(0),
      'next block calls': next.calls,
    })
  }
  console.log(`Node ${process.version}`)
  console.table(rows)
  network.close()
} finally {
  await chain.stop()
}
