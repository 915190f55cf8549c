import { describe, expect, it } from 'vitest'
import { OrderSlots } from './core/OrderSlots.ts'
import { OrderRegistry } from './OrderRegistry.ts'
import { RestingOrders } from './RestingOrders.ts'

describe('OrderRegistry', () => {
  it('tells identifiers apart that are counted up side by side, from before and after it grows', () => {
    const registry = new OrderRegistry(new RestingOrders(new OrderSlots()))
    const families = [(n: number) => `${n}`, (n: number) => `order-${n}`, (n: number) => `${n}-${n}`]
    // Beyond 32 digits, so that everything before them would be lost to a factor that is even.
    const long = (n: number) => `${n}${'0'.repeat(40)}`
    const known = new Map<string, number>()
    for (let at = 0; at < 3_000; at += 1) {
      for (const name of [...families, long]) {
        const id = name(at)
        expect(registry.has(id)).toBe(known.has(id))
        if (!known.has(id)) known.set(id, registry.add(id))
      }
    }
    expect([...known.values()]).toEqual(Array.from({ length: known.size }, (_, number) => number))
    for (const [id, number] of known) {
      expect(registry.idAt(number)).toBe(id)
      expect(registry.has(id)).toBe(true)
      expect(registry.get(id)).toBeUndefined()
    }
    expect(() => registry.add('order-7')).toThrow(RangeError)
  })
})
