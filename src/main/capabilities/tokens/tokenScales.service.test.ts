import { expect, test } from 'vitest'
import type { TokenScale } from '../../../shared/contract/tokens.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import { createTokenScales } from './tokenScales.service.ts'

const chainId = 1 as ChainId
const token = (digit: string) => ({ chainId, address: `0x${digit.repeat(40)}` as Address })
const [share, plain] = [token('a'), token('b')]

function start(kept: TokenScale[] = []) {
  const answers = new Map<Address, bigint | undefined>()
  const asked: Address[][] = []
  const told: TokenScale[][] = []
  const written = [...kept]
  const scales = createTokenScales({
    reader: {
      async readMultipliers(_, addresses) {
        asked.push([...addresses])
        return addresses.map((address) => answers.get(address))
      },
    },
    store: { readAll: () => [...written], write: (scale) => written.push(scale) },
    onChanged: (list) => told.push(list),
  })
  return { scales, answers, asked, told, written }
}

test('tokens without a multiplier are asked once a session, and those with one at every look', async () => {
  const { scales, answers, asked, told } = start()
  answers.set(share.address, unscaled)
  await scales.refresh(chainId, [share, plain, { chainId, address: 'native' }])
  await scales.refresh(chainId, [share, plain])
  expect(asked).toEqual([[share.address, plain.address], [share.address]])
  // It has one, although nothing is shown otherwise yet.
  expect(told).toEqual([])
  answers.set(share.address, 2n * unscaled)
  await scales.refresh(chainId, [share, plain])
  expect(told).toEqual([[{ token: share, multiplier: 2n * unscaled }]])
  expect(scales.multiplierOf(share)).toBe(2n * unscaled)
  answers.set(share.address, unscaled)
  await scales.refresh(chainId, [share, plain])
  expect([told.at(-1), scales.multiplierOf(share)]).toEqual([[], unscaled])
})

test.each([
  ['nothing', undefined],
  ['zero', 0n],
  ['what no number is shown by', 2n ** 255n],
])('what answers %s shows its amounts as they are, or as it said last', async (_, answer) => {
  const { scales, answers, told } = start([{ token: share, multiplier: 3n * unscaled }])
  answers.set(share.address, answer)
  answers.set(plain.address, answer)
  await scales.refresh(chainId, [share, plain])
  expect([scales.multiplierOf(share), scales.multiplierOf(plain)]).toEqual([3n * unscaled, unscaled])
  expect(told).toEqual([])
})

test('a start shows what the end before it showed, without asking', () => {
  const { scales, asked } = start([{ token: share, multiplier: 3n * unscaled }])
  expect(scales.list()).toEqual([{ token: share, multiplier: 3n * unscaled }])
  expect(asked).toEqual([])
})

test('a token that no list names is asked when it is first met', async () => {
  const { scales, answers, asked } = start()
  answers.set(share.address, 2n * unscaled)
  for (const met of [share, share, plain, plain]) await scales.confirm(met)
  expect(asked).toEqual([[share.address], [plain.address]])
  expect(scales.multiplierOf(share)).toBe(2n * unscaled)
})

test('another chain’s contract of the same address is another token', async () => {
  const { scales, answers } = start()
  answers.set(share.address, 2n * unscaled)
  await scales.refresh(chainId, [share])
  expect(scales.multiplierOf({ ...share, chainId: 10 as ChainId })).toBe(unscaled)
})
