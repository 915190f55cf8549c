import { parentPort } from 'node:worker_threads'
import { SearchStopped } from '../../capabilities/router/index.ts'
// Not by the capability's face, which would load all that quotes and signs: a thread should start in a moment.
import { createMarket, type Market } from '../../capabilities/swaps/domain/findTrade.ts'
import { measureDepth } from '../../capabilities/swaps/domain/measureDepth.ts'
import { type KeyedPool, keyPool } from '../../capabilities/swaps/domain/PoolKey.ts'
import { searchTrade } from '../../capabilities/swaps/domain/searchTrade.ts'
import {
  rememberedMarkets,
  type SearchAnswer,
  type SearchQuestion,
  type SentMarket,
} from './searchMessages.ts'

/** The thread that searches: it knows pools as data, and neither nodes nor accounts nor keys. */
const port = parentPort
if (!port) throw new Error('This file is the program of a thread')
const pools = new Map<number, KeyedPool>()
const markets = new Map<number, { readonly ids: readonly number[]; readonly market: Market }>()

port.on('message', (question: SearchQuestion) => {
  if (question.kind === 'market') remember(question.sent)
  else port.postMessage(answer(question))
})

function remember({ market, venues, pools: ids, added }: SentMarket): void {
  for (const { id, key, source } of added) pools.set(id, keyPool(key, source))
  const all = ids.flatMap((id) => pools.get(id) ?? [])
  markets.set(market, { ids, market: createMarket(all, venues) })
  const [oldest] = markets.keys()
  if (markets.size > rememberedMarkets && oldest !== undefined) markets.delete(oldest)
  const used = new Set([...markets.values()].flatMap((known) => known.ids))
  for (const id of pools.keys()) if (!used.has(id)) pools.delete(id)
}

function answer(question: Exclude<SearchQuestion, { kind: 'market' }>): SearchAnswer {
  const { questionId } = question
  const known = markets.get(question.market)
  try {
    if (!known) throw new RangeError('The pools of this question are not here')
    if (question.kind === 'depth') {
      return { questionId, kind: 'depth', points: measureDepth(known.market, question.trade) }
    }
    const flag = new Int32Array(question.stop)
    const result = searchTrade(known.market, {
      ...question.request,
      isWanted: () => Atomics.load(flag, 0) === 0,
    })
    return { questionId, kind: 'found', result }
  } catch (thrown) {
    return thrown instanceof SearchStopped
      ? { questionId, kind: 'stopped' }
      : { questionId, kind: 'failed', thrown }
  }
}
