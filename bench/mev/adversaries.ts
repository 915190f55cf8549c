import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startDevnet } from '../../devnet/builder/startDevnet.ts'
import { createRpc } from '../../devnet/index.ts'
import { openApp } from '../../src/main/testing/openApp.ts'
import {
  type AttackedTrade,
  type Policy,
  tradeAmongAttackers,
} from '../../src/main/testing/tradeAmongAttackers.ts'
import { largerOf } from '../../src/shared/money/smallerOf.ts'
import { createRandom } from '../router/random.ts'

/**
 * Trades drawn at random, carried out by the whole app on the local chain, with its real attacker and block builder.
 *
 *   node bench/mev/adversaries.ts [--trades 300] [--seed 1] [--seconds 360]
 */
const { values } = parseArgs({
  options: {
    trades: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '360' },
  },
})
const policies: readonly Policy[] = ['naive', 'careful', 'default']
const random = createRandom(Number(values.seed))
const devnet = await startDevnet({ blockTimeMs: 0 })
const app = await openApp(devnet.manifest)
await devnet.actors.start('attacker')
await createRpc(devnet.rpcUrl)('minato_mine')

const trades: AttackedTrade[] = []
process.on('uncaughtException', async (thrown) => {
  console.error(thrown)
  // Tells what went wrong inside of the app.
  await app.close().catch(console.error)
  process.exit(1)
})
const end = performance.now() + Number(values.seconds) * 1_000
for (let at = 0; trades.length < Number(values.trades) && performance.now() < end; at += 1) {
  const trade = await tradeAmongAttackers(devnet, app, random.next, policies[at % 3] as Policy)
  if (trade) trades.push(trade)
}

const off = ({ taken = 0n, foretold }: AttackedTrade) => Number(taken - foretold) / Number(foretold)
/** Of a token with two decimals a profit of two dollars is some two hundred units: one of them is nobody's error. */
const isWithin = ({ taken = 0n, foretold }: AttackedTrade) =>
  (taken > foretold ? taken - foretold : foretold - taken) <= largerOf(1n, foretold / 1_000n)
const rows = policies.map((policy) => {
  const mine = trades.filter((trade) => trade.policy === policy)
  const attacked = mine.filter(({ taken }) => taken !== undefined)
  const single = attacked.filter(({ legs }) => legs === 1)
  return {
    policy,
    trades: mine.length,
    failed: mine.filter(({ hasFailed }) => hasFailed).length,
    seen: mine.filter(({ wasSeen }) => wasSeen).length,
    attackedAtAProfit: attacked.length,
    // Offered, and not in the block: a plan that did not hold.
    missed: mine.filter(({ hasMissed }) => hasMissed).length,
    foretold: mine.filter(({ foretold }) => foretold > 0n).length,
    // Of those: where the quote says that nothing is safe in public, for the rounding to whole units is worth the gas.
    toldUnsafe: mine.filter(({ foretold, isToldUnsafe }) => foretold > 0n && isToldUnsafe).length,
    // Through one pool, what is foretold is what he can take; of several he takes one.
    inOnePool: single.length,
    within01Percent: single.filter(isWithin).length,
    moreThanForetold: single.filter((trade) => off(trade) > 0 && !isWithin(trade)).length,
    worstOff:
      single.length === 0 ? 0 : Number(Math.max(...single.map((trade) => Math.abs(off(trade)))).toFixed(6)),
  }
})
const venues = [...new Set(trades.map((trade) => trade.venues))].sort().map((name) => {
  const through = trades.filter((trade) => trade.venues === name)
  return {
    venues: name,
    trades: through.length,
    attacked: through.filter(({ taken }) => taken !== undefined).length,
  }
})
console.table(rows)
console.table(venues)
for (const trade of trades.filter((each) => each.taken !== undefined && each.legs === 1 && !isWithin(each)))
  console.log(off(trade), trade)
writeFileSync(
  new URL('adversaries.json', import.meta.url),
  `${JSON.stringify({ seed: values.seed, policies: rows, venues }, undefined, 2)}\n`,
)
for (const trade of trades.filter(
  ({ policy, foretold, isToldUnsafe }) => policy === 'careful' && foretold > 0n && !isToldUnsafe,
))
  console.log('Not safe by its own quote:', trade)
const [naive, careful, byDefault] = rows
const isKept =
  careful?.attackedAtAProfit === 0 &&
  careful.foretold === careful.toldUnsafe &&
  byDefault?.attackedAtAProfit === 0 &&
  byDefault.seen === 0 &&
  careful.failed + byDefault.failed === 0 &&
  naive?.within01Percent === naive?.inOnePool
if (!isKept) process.exitCode = 1
await app.close()
await devnet.stop()
