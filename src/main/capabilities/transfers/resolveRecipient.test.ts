import { expect, test } from 'vitest'
import { type Address, chainIdSchema } from '../../../shared/identity/identity.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { resolveRecipient } from './resolveRecipient.ts'

const [claimant, owner]: [Address, Address] = [
  '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
]
const chain = {
  chainId: chainIdSchema.parse(1),
  ensRegistry: '0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e',
} as unknown as ChainDefinition

/** @param names what each leads to; @param claims the name that each address claims. */
const resolve = (text: string, names: Record<string, Address>, claims: Record<Address, string>) =>
  resolveRecipient(
    {
      node: { readCode: async () => '0x' },
      names: {
        resolveName: async (_, name) => names[name],
        readClaimedName: async (_, address) => claims[address],
      },
      tokens: {
        resolve: async () => {
          throw new Error('No contract is asked')
        },
      },
      knownRecipients: { isKnown: () => false, list: () => [] },
      contacts: { listAddresses: () => [], nameOf: () => undefined },
    },
    chain,
    text,
    [],
  )

test('a name that an address claims and that leads elsewhere is told as false, and never as its name', async () => {
  const found = await resolve(claimant, { 'vault.eth': owner }, { [claimant]: 'vault.eth' })
  expect(found).toMatchObject({ address: claimant, falseName: 'vault.eth' })
  expect(found).not.toHaveProperty('ensName')
})

test('so is one that leads nowhere', async () => {
  expect(await resolve(claimant, {}, { [claimant]: 'vault.eth' })).toMatchObject({ falseName: 'vault.eth' })
})

test('also where another name was typed that does lead there', async () => {
  const names = { 'shop.eth': claimant, 'vault.eth': owner }
  expect(await resolve('shop.eth', names, { [claimant]: 'vault.eth' })).toMatchObject({
    address: claimant,
    ensName: 'shop.eth',
    falseName: 'vault.eth',
  })
})

test('a true name other than the typed one is told beside it', async () => {
  const names = { 'shop.eth': claimant, 'vault.eth': claimant }
  const found = await resolve('shop.eth', names, { [claimant]: 'vault.eth' })
  expect(found).toMatchObject({ ensName: 'shop.eth', primaryName: 'vault.eth' })
  expect(found).not.toHaveProperty('falseName')
})

test('a name that no registry would let pass is no name at all', async () => {
  const found = await resolve(claimant, { 'vаult.eth': claimant }, { [claimant]: 'vаult.eth' })
  expect(found).not.toHaveProperty('falseName')
  expect(found).not.toHaveProperty('ensName')
})
