import { describe, expect, it } from 'vitest'
import { takeRoom } from './Room.ts'

describe('Room', () => {
  it('hands out arrays that hold what was asked for and do not touch each other', () => {
    const room = takeRoom()
    const arrays = Array.from({ length: 3_000 }, (_, index) => {
      const length = 1 + ((index * 37) % 101)
      if (index % 3 === 0) return room.floats(length, index)
      return index % 3 === 1 ? room.ints(length, index) : room.bytes(length, index % 251)
    })
    const large = room.floats(100_000, 7)
    for (const [index, array] of arrays.entries()) {
      const value = index % 3 === 2 ? index % 251 : index
      expect(array.length).toBe(1 + ((index * 37) % 101))
      expect([...array].every((entry) => entry === value)).toBe(true)
    }
    expect(large.every((entry) => entry === 7)).toBe(true)
    room.release()
  })

  it('gives its memory to the next search, but not to one beside it', () => {
    const first = takeRoom()
    const old = first.floats(8, 1)
    const beside = takeRoom()
    expect(beside.floats(8, 2).buffer).not.toBe(old.buffer)
    first.release()
    const next = takeRoom()
    const fresh = next.floats(8)
    expect(fresh.buffer).toBe(old.buffer)
    expect([...fresh]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    next.release()
    beside.release()
  })
})
