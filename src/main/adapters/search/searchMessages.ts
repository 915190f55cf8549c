import type { Depth } from '../../../shared/contract/swaps.ts'
import type {
  KeyedPool,
  SwapVenues,
  Trade,
  TradeRequest,
  TradeSearchResult,
} from '../../capabilities/swaps/index.ts'

/** A pool as it crosses to the thread that searches: its state, and a number under which it is known there. */
export interface SentPool {
  readonly id: number
  readonly key: KeyedPool['key']
  readonly source: NonNullable<KeyedPool['source']>
}

/** Pools at one block; those that are known already are only named. */
export interface SentMarket {
  readonly market: number
  readonly venues: SwapVenues
  readonly pools: readonly number[]
  readonly added: readonly SentPool[]
}

export type SearchQuestion =
  | { readonly kind: 'market'; readonly sent: SentMarket }
  | {
      readonly kind: 'find'
      readonly questionId: number
      readonly market: number
      readonly request: TradeRequest
      /** One where the answer is not wanted any more. */
      readonly stop: SharedArrayBuffer
    }
  | { readonly kind: 'depth'; readonly questionId: number; readonly market: number; readonly trade: Trade }

export type SearchAnswer =
  | { readonly questionId: number; readonly kind: 'found'; readonly result: TradeSearchResult }
  | { readonly questionId: number; readonly kind: 'depth'; readonly points: Depth['points'] }
  | { readonly questionId: number; readonly kind: 'stopped' }
  | { readonly questionId: number; readonly kind: 'failed'; readonly thrown: unknown }

/** How many markets both sides remember: the pools of older ones are forgotten on both alike. */
export const rememberedMarkets = 8
