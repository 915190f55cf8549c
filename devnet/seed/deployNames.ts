import { type Address, keccak256, namehash, stringToBytes, zeroHash } from 'viem'
import { ACCOUNT_ADDRESSES, type AccountRole } from '../accounts.ts'
import { CANONICAL_ADDRESSES } from '../deploy/canonicalAddresses.ts'
import type { SeedingChain } from '../deploy/seedingChain.ts'
import { loadArtifact } from '../vendor/artifact.ts'

/** Names below `.eth`, with the account that each points to and that points back to it. */
const names: [label: string, role: AccountRole][] = [
  ['practice', 'practice'],
  ['hana', 'friend'],
]

const labelHash = (label: string) => keccak256(stringToBytes(label))

/** Deploys ENS (registry, resolver, reverse registrar) and registers the accounts' names, forward and reverse. */
export async function deployNames(chain: SeedingChain): Promise<Record<string, Address>> {
  const { deployer } = ACCOUNT_ADDRESSES
  const { ensRegistry } = CANONICAL_ADDRESSES
  const registryAbi = loadArtifact('ENSRegistry').abi
  const resolverAbi = loadArtifact('PublicResolver').abi
  const setSubnodeOwner = (parent: string, label: string, owner: Address) =>
    chain.write(deployer, ensRegistry, registryAbi, 'setSubnodeOwner', [parent, labelHash(label), owner])

  await chain.deployAt(ensRegistry, deployer, 'ENSRegistry')
  const ensPublicResolver = await chain.deploy(deployer, 'PublicResolver', [ensRegistry])
  const ensReverseRegistrar = await chain.deploy(deployer, 'ReverseRegistrar', [
    ensRegistry,
    ensPublicResolver,
  ])
  await setSubnodeOwner(zeroHash, 'eth', deployer)
  await setSubnodeOwner(zeroHash, 'reverse', deployer)
  await setSubnodeOwner(namehash('reverse'), 'addr', ensReverseRegistrar)

  for (const [label, role] of names) {
    const account = ACCOUNT_ADDRESSES[role]
    const node = namehash(`${label}.eth`)
    await setSubnodeOwner(namehash('eth'), label, account)
    await chain.write(account, ensRegistry, registryAbi, 'setResolver', [node, ensPublicResolver])
    await chain.write(account, ensPublicResolver, resolverAbi, 'setAddr', [node, account])
    const reverseAbi = loadArtifact('ReverseRegistrar').abi
    await chain.write(account, ensReverseRegistrar, reverseAbi, 'claimWithResolver', [
      account,
      ensPublicResolver,
    ])
    const reverseNode = namehash(`${account.slice(2).toLowerCase()}.addr.reverse`)
    await chain.write(account, ensPublicResolver, resolverAbi, 'setName', [reverseNode, `${label}.eth`])
  }
  return { ensPublicResolver, ensReverseRegistrar }
}
