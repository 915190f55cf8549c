import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether time does not matter: `npm run test:thorough`. */
    readonly isThorough: boolean
  }
}

/**
 * How often a property is tried. The gate before a change tries as many as find what such a property usually finds, which
 * is few where one takes tens of milliseconds; a thorough run tries ten times as many of all of them. Seeds are fixed, so
 * that the gate's are the first of the thorough run's.
 */
export function runs(inTheGate: number): number {
  return inject('isThorough') ? inTheGate * 10 : inTheGate
}

/** Of many published cases of one shape every so-manieth in the gate, and all of them in a thorough run. */
export function partOf<Case>(cases: readonly Case[], every: number): readonly Case[] {
  return inject('isThorough') ? cases : cases.filter((_, index) => index % every === 0)
}
