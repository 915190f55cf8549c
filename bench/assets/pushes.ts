import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { encodeFunctionData, erc20Abi, maxUint256 } from 'viem'
import { encodeSwap } from '../../devnet/actors/swapCalls.ts'
import { ACCOUNT_ADDRESSES, createRpc, sendAs, startChain } from '../../devnet/index.ts'
import { openApp } from '../../src/main/testing/openApp.ts'
import { unwrapResult } from '../../src/shared/errors/Result.ts'
import type { ChainId } from '../../src/shared/identity/identity.ts'
import { createRandom } from '../router/random.ts'

/** Pushes the thin pool of a coin there and back on the local chain, and counts how often the app takes that for a depeg. */
const { values } = parseArgs({ options: { pushes: { type: 'string', default: '1000' } } })
const pushes = Number(values.pushes)
const chainId = 31337 as ChainId
const { faucet } = ACCOUNT_ADDRESSES
const random = createRandom(8)
const chain = await startChain({ mining: 'auto' })
const rpc = createRpc(chain.rpcUrl)
const app = await openApp(chain.manifest)
const tokenOf = (symbol: string) => {
  const entry = chain.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}
const coin = { chainId, address: tokenOf('JPYC') }
const router = chain.manifest.contracts['uniswapV2Router02']
if (!router) throw new Error('no router')
for (const symbol of ['JPYC', 'USDC']) {
  await sendAs(rpc, faucet, {
    to: tokenOf(symbol),
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [router, maxUint256] }),
  })
}
// It takes longer than the wallet stays open by itself.
unwrapResult(await app.main.settings.update({ autoLockMinutes: 0 }))
let alarms = 0
app.main.stablecoins.alertsChanged(({ raised }) => {
  alarms += raised.length
})
unwrapResult(await app.main.stablecoins.addAlert({ coin, rule: { kind: 'peg', bps: 25 } }))
let widestOfPool = 0
let widestSeen = 0
let held = 0n
for (let at = 0; at < pushes; at += 1) {
  // In with up to the pool's own size, and out again with what came of it, so that it can be pushed anew.
  const isIn = at % 2 === 0
  const amountIn = isIn ? BigInt(Math.floor((0.05 + random.next()) * 4_000_000)) * 10n ** 18n : held
  const [tokenIn, tokenOut] = isIn ? ['JPYC', 'USDC'] : ['USDC', 'JPYC']
  const balance = async () =>
    BigInt(
      (await rpc(
        'eth_call',
        {
          to: tokenOf('USDC'),
          data: encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [faucet] }),
        },
        'latest',
      )) as string,
    )
  const before = await balance()
  await sendAs(
    rpc,
    faucet,
    encodeSwap(chain.manifest, {
      kind: 'uniswapV2',
      tokenIn: tokenOf(tokenIn ?? ''),
      tokenOut: tokenOf(tokenOut ?? ''),
      fee: 3000,
      amountIn,
      minimumOut: 0n,
      recipient: faucet,
    }),
  )
  if (isIn) held = (await balance()) - before
  const { reading } = unwrapResult(await app.main.stablecoins.getReport(coin))
  const thin = reading.pools.find(({ venue }) => venue === 'uniswapV2')
  const peg = Number(reading.currencyFeed?.usdE8 ?? 1n)
  widestOfPool = Math.max(widestOfPool, Math.abs(Number(thin?.usdE8 ?? 0n) / peg - 1) * 10_000)
  widestSeen = Math.max(widestSeen, Math.abs(reading.deviationBps ?? 0))
}
const result = { pushes, alarms, widestOfPoolBps: Math.round(widestOfPool), widestSeenBps: widestSeen }
console.table([result])
await app.close()
await chain.stop()
writeFileSync(new URL('pushes.json', import.meta.url), `${JSON.stringify(result, undefined, 2)}\n`)
if (alarms > 0) process.exitCode = 1
