import type { Worker } from 'node:worker_threads'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Market, TradeSearch } from '../../capabilities/swaps/index.ts'
import { rememberedMarkets, type SearchAnswer, type SearchQuestion } from './searchMessages.ts'

interface Waiting {
  resolve(answer: SearchAnswer): void
  reject(thrown: unknown): void
}

/**
 * Searches in a thread of its own, so that windows never wait for it. The thread starts with the first question and again after
 * a failure; pools that it knows are not sent again.
 */
export function createTradeSearch(start: () => Worker): TradeSearch & { close(): void } {
  let worker: Worker | undefined
  let waiting = new Map<number, Waiting>()
  let markets = new Map<Market, { readonly number: number; readonly ids: readonly number[] }>()
  const poolIds = new WeakMap<object, number>()
  let known = new Set<number>()
  let count = 0

  function open(): Worker {
    if (worker) return worker
    const opened = start()
    worker = opened
    // A thread that waits for questions must not keep the program alive.
    opened.unref()
    opened.on('message', (answer: SearchAnswer) => {
      waiting.get(answer.questionId)?.resolve(answer)
      waiting.delete(answer.questionId)
    })
    const fail = (thrown: unknown) => {
      if (worker !== opened) return
      const open = waiting
      reset()
      for (const { reject } of open.values()) reject(thrown)
    }
    opened.on('error', fail)
    opened.on('exit', () => fail(new Error('The thread that searches has ended')))
    return opened
  }

  function reset(): void {
    worker = undefined
    waiting = new Map()
    markets = new Map()
    known = new Set()
  }

  /** Tells the thread of a market's pools, those that it does not know yet with their state. */
  function send(to: Worker, market: Market): number {
    const sent = markets.get(market)
    if (sent) return sent.number
    count += 1
    const number = count
    const added = []
    const ids: number[] = []
    for (const { key, source } of market.pools.values()) {
      if (!source) continue
      const id = poolIds.get(source) ?? ++count
      poolIds.set(source, id)
      ids.push(id)
      if (!known.has(id)) added.push({ id, key, source })
    }
    post(to, { kind: 'market', sent: { market: number, venues: market.venues, pools: ids, added } })
    markets.set(market, { number, ids })
    const [oldest] = markets.keys()
    if (markets.size > rememberedMarkets && oldest) markets.delete(oldest)
    known = new Set([...markets.values()].flatMap((entry) => entry.ids))
    return number
  }

  function post(to: Worker, question: SearchQuestion): void {
    to.postMessage(question)
  }

  function ask(
    market: Market,
    makeQuestion: (questionId: number, market: number) => SearchQuestion,
  ): Promise<SearchAnswer> {
    const to = open()
    const number = send(to, market)
    count += 1
    const questionId = count
    return new Promise((resolve, reject) => {
      waiting.set(questionId, { resolve, reject })
      post(to, makeQuestion(questionId, number))
    })
  }

  return {
    prepare: () => void open(),

    async find(market, request, signal) {
      const stop = new SharedArrayBuffer(4)
      const flag = new Int32Array(stop)
      const end = () => Atomics.store(flag, 0, 1)
      if (signal?.isStopped) throw new AppError('swap.superseded')
      signal?.onStop(end)
      const answer = await ask(market, (questionId, number) => ({
        kind: 'find',
        questionId,
        market: number,
        request,
        stop,
      }))
      if (answer.kind === 'found') return answer.result
      if (answer.kind === 'stopped') throw new AppError('swap.superseded')
      throw answer.kind === 'failed' ? answer.thrown : new Error('An answer to another question')
    },

    async measureDepth(market, trade) {
      const answer = await ask(market, (questionId, number) => ({
        kind: 'depth',
        questionId,
        market: number,
        trade,
      }))
      if (answer.kind === 'depth') return answer.points
      throw answer.kind === 'failed' ? answer.thrown : new Error('An answer to another question')
    },

    close() {
      const ending = worker
      reset()
      void ending?.terminate()
    },
  }
}
