import { describe, expect, it } from 'vitest'
import { type ChainId, chainIdSchema } from '../../../shared/identity/identity.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { createAddressResolver } from './createAddressResolver.ts'

const address = '0x58A57ed9d8d624cBD12e2C467D34787555bB1b25'
const mainnet = chainIdSchema.parse(1)

function start(names: Record<string, string>, hasRegistry = true) {
  const asked: ChainId[] = []
  const chain = {
    chainId: mainnet,
    ...(hasRegistry && { ensRegistry: address }),
  } as unknown as ChainDefinition
  const other = { chainId: chainIdSchema.parse(10) } as unknown as ChainDefinition
  const resolver = createAddressResolver(
    { listEnabled: () => [other, chain] },
    {
      async resolveName(chainId, name) {
        asked.push(chainId)
        return names[name] as typeof address | undefined
      },
    },
  )
  return { resolver, asked }
}

describe('an address to watch', () => {
  it('is taken as typed, with its checksum, and no node is asked', async () => {
    const { resolver, asked } = start({})
    expect(await resolver.resolve(` ${address.toLowerCase()} `)).toBe(address)
    const mistyped = address.replace('A5', 'a5') as typeof address
    await expect(resolver.resolve(mistyped)).rejects.toMatchObject({ code: 'address.wrongChecksum' })
    await expect(resolver.resolve('0x12')).rejects.toMatchObject({ code: 'address.invalid' })
    expect(asked).toEqual([])
  })

  it('is found by its name on the chain that keeps names', async () => {
    const { resolver, asked } = start({ 'friend.eth': address })
    expect(await resolver.resolve('friend.eth')).toBe(address)
    expect(asked).toEqual([mainnet])
    await expect(resolver.resolve('nobody.eth')).rejects.toMatchObject({
      code: 'name.notFound',
      params: { name: 'nobody.eth' },
    })
  })

  it('needs a chain that keeps names', async () => {
    await expect(start({}, false).resolver.resolve('friend.eth')).rejects.toMatchObject({
      code: 'name.unsupported',
    })
  })
})
