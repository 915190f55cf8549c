import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const system = vi.hoisted(() => ({ state: 'active' as string, asked: 0 }))
vi.mock('electron', () => ({
  powerMonitor: Object.assign(new EventEmitter(), {
    getSystemIdleState() {
      system.asked += 1
      return system.state
    },
  }),
}))

const { powerMonitor } = await import('electron')
const { watchAbsence } = await import('./watchAbsence.ts')
let absences: number
let isOpen: boolean

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(system, { state: 'active', asked: 0 })
  absences = 0
  isOpen = true
  powerMonitor.removeAllListeners()
  watchAbsence(
    () => isOpen,
    () => {
      absences += 1
      isOpen = false
    },
  )
})
afterEach(() => vi.useRealTimers())

it.each(['suspend', 'lock-screen', 'user-did-resign-active'] as const)('is told of %s', (event) => {
  powerMonitor.emit(event as 'suspend')
  expect(absences).toBe(1)
})

it.runIf(process.platform === 'linux')(
  'asks whether the screen is locked, while there is something to lock',
  () => {
    system.state = 'idle'
    vi.advanceTimersByTime(10_000)
    expect(absences).toBe(0)
    system.state = 'locked'
    vi.advanceTimersByTime(3_000)
    expect(absences).toBe(1)
    const { asked } = system
    vi.advanceTimersByTime(60_000)
    expect([absences, system.asked]).toEqual([1, asked])
  },
)
