import type { TokenGraph } from './TokenGraph.ts'

/**
 * For each pair of tokens the best two ways through one token between, the token that was numbered first where two are as
 * good: two, so that a way back can avoid the token of the way there.
 */
export class TwoStepPaths {
  /** Two for each pair, the best first: infinite where there is no way. */
  readonly weights: Float64Array
  /** The token between, or -1. */
  readonly between: Int32Array
  readonly #graph: TokenGraph

  constructor(graph: TokenGraph) {
    const { tokenCount } = graph
    this.#graph = graph
    this.weights = new Float64Array(tokenCount * tokenCount * 2).fill(Number.POSITIVE_INFINITY)
    this.between = new Int32Array(tokenCount * tokenCount * 2).fill(-1)
    const ends = new Int32Array(tokenCount)
    for (let a = 0; a < tokenCount; a += 1) {
      let count = 0
      for (let c = 0; c < tokenCount; c += 1) {
        if (c === a) continue
        ends[count] = c
        count += 1
      }
      this.#findFrom(a, ends, count)
    }
  }

  /** Finds again what led through a pair whose weight has risen; nothing else can have changed. */
  renewRisen(): void {
    const { tokenCount } = this.#graph
    const ends = new Int32Array(tokenCount)
    for (let a = 0; a < tokenCount; a += 1) {
      let count = 0
      for (let c = 0; c < tokenCount; c += 1) {
        const place = (a * tokenCount + c) * 2
        if (!this.#hasRisen(a, c, place) && !this.#hasRisen(a, c, place + 1)) continue
        this.weights.fill(Number.POSITIVE_INFINITY, place, place + 2)
        this.between.fill(-1, place, place + 2)
        ends[count] = c
        count += 1
      }
      this.#findFrom(a, ends, count)
    }
  }

  #hasRisen(a: number, c: number, place: number): boolean {
    const { tokenCount, risen } = this.#graph
    const b = this.between[place] as number
    return b !== -1 && (risen[a * tokenCount + b] === 1 || risen[b * tokenCount + c] === 1)
  }

  /** The ways from `a` to the first `count` of `ends`. */
  #findFrom(a: number, ends: Int32Array, count: number): void {
    const { tokenCount, weights } = this.#graph
    if (count === 0) return
    // By the token between in the outer loop: what is read of it then lies side by side.
    for (let b = 0; b < tokenCount; b += 1) {
      const first = weights[a * tokenCount + b] as number
      if (first === Number.POSITIVE_INFINITY) continue
      for (let at = 0; at < count; at += 1) {
        const c = ends[at] as number
        const place = (a * tokenCount + c) * 2
        const weight = first + (weights[b * tokenCount + c] as number)
        if (weight >= (this.weights[place + 1] as number)) continue
        if (weight < (this.weights[place] as number)) {
          this.weights[place + 1] = this.weights[place] as number
          this.between[place + 1] = this.between[place] as number
          this.weights[place] = weight
          this.between[place] = b
        } else {
          this.weights[place + 1] = weight
          this.between[place + 1] = b
        }
      }
    }
  }
}
