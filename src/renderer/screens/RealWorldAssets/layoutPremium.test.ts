import { expect, it } from 'vitest'
import { layoutPremium } from './layoutPremium.ts'

it('places premiums between a tenth below and a tenth above', () => {
  expect([-5_000, -1_000, 0, 350, 1_000, 9_000].map(layoutPremium)).toEqual([0, 0, 0.5, 0.675, 1, 1])
})
