import { namehash, parseAbi, zeroAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { CANONICAL_ADDRESSES } from '../deploy/canonicalAddresses.ts'
import { setUpTestChain } from '../testing/setUpTestChain.ts'

const test = setUpTestChain()

const registryAbi = parseAbi(['function resolver(bytes32 node) view returns (address)'])
const resolverAbi = parseAbi([
  'function addr(bytes32 node) view returns (address)',
  'function name(bytes32 node) view returns (string)',
])

const resolverOf = (name: string) =>
  test.client.readContract({
    address: CANONICAL_ADDRESSES.ensRegistry,
    abi: registryAbi,
    functionName: 'resolver',
    args: [namehash(name)],
  })

describe('names', () => {
  it.each([
    ['practice.eth', ACCOUNT_ADDRESSES.practice],
    ['hana.eth', ACCOUNT_ADDRESSES.friend],
  ])('%s resolves forward and back', async (name, account) => {
    const forward = await test.client.readContract({
      address: await resolverOf(name),
      abi: resolverAbi,
      functionName: 'addr',
      args: [namehash(name)],
    })
    expect(forward).toBe(account)
    const reverse = `${account.slice(2).toLowerCase()}.addr.reverse`
    const back = await test.client.readContract({
      address: await resolverOf(reverse),
      abi: resolverAbi,
      functionName: 'name',
      args: [namehash(reverse)],
    })
    expect(back).toBe(name)
  })

  it('that nobody registered have no resolver', async () => {
    expect(await resolverOf('nobody.eth')).toBe(zeroAddress)
  })
})
