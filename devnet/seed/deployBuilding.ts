import { type Address, encodeAbiParameters, getContractAddress, keccak256, zeroAddress } from 'viem'
import { ACCOUNT_ADDRESSES, accountOf } from '../accounts.ts'
import type { SeedingChain } from '../deploy/seedingChain.ts'
import { loadArtifact } from '../vendor/artifact.ts'
import { tokenDefinition } from './tokenCatalogue.ts'

/** Claim topic that the building requires of its holders: identity checked. */
const KNOW_YOUR_CUSTOMER = 7n
/** ONCHAINID claim scheme 1: ECDSA. */
const ECDSA_SCHEME = 1n
/** ISO 3166-1 numeric: Japan. */
const COUNTRY = 392

/** The ERC-3643 suite of the tokenised building. */
export interface Building {
  token: Address
  contracts: Record<string, Address>
  /** Gives a holder an identity with the issuer's claim and registers it: from then on it may receive. */
  verify(holder: Address): Promise<void>
}

/** Deploys T-REX with ONCHAINID as its factory would: implementations behind an authority, proxies for the token. */
export async function deployBuilding(chain: SeedingChain): Promise<Building> {
  const { deployer } = ACCOUNT_ADDRESSES
  const deploy = (artifact: string, args: unknown[] = []) => chain.deploy(deployer, artifact, args)
  const write = (to: Address, artifact: string, functionName: string, args: unknown[]) =>
    chain.write(deployer, to, loadArtifact(artifact).abi, functionName, args)

  const authority = await deploy('TREXImplementationAuthority', [true, zeroAddress, zeroAddress])
  const implementations = {
    tokenImplementation: await deploy('TrexToken'),
    ctrImplementation: await deploy('ClaimTopicsRegistry'),
    irImplementation: await deploy('IdentityRegistry'),
    irsImplementation: await deploy('IdentityRegistryStorage'),
    tirImplementation: await deploy('TrustedIssuersRegistry'),
    mcImplementation: await deploy('ModularCompliance'),
  }
  await write(authority, 'TREXImplementationAuthority', 'addAndUseTREXVersion', [
    { major: 4, minor: 1, patch: 6 },
    implementations,
  ])

  const claimTopicsRegistry = await deploy('ClaimTopicsRegistryProxy', [authority])
  const trustedIssuersRegistry = await deploy('TrustedIssuersRegistryProxy', [authority])
  const identityRegistryStorage = await deploy('IdentityRegistryStorageProxy', [authority])
  const compliance = await deploy('ModularComplianceProxy', [authority])
  const identityRegistry = await deploy('IdentityRegistryProxy', [
    authority,
    trustedIssuersRegistry,
    claimTopicsRegistry,
    identityRegistryStorage,
  ])
  await write(identityRegistryStorage, 'IdentityRegistryStorage', 'bindIdentityRegistry', [identityRegistry])
  await write(identityRegistry, 'IdentityRegistry', 'addAgent', [deployer])
  const { name, symbol, decimals } = tokenDefinition('TOWER7')
  const token = await deploy('TokenProxy', [
    authority,
    identityRegistry,
    compliance,
    name,
    symbol,
    decimals,
    zeroAddress,
  ])
  await write(token, 'TrexToken', 'addAgent', [deployer])
  await write(token, 'TrexToken', 'unpause', [])

  const claimIssuer = await deploy('ClaimIssuer', [deployer])
  await write(claimTopicsRegistry, 'ClaimTopicsRegistry', 'addClaimTopic', [KNOW_YOUR_CUSTOMER])
  await write(trustedIssuersRegistry, 'TrustedIssuersRegistry', 'addTrustedIssuer', [
    claimIssuer,
    [KNOW_YOUR_CUSTOMER],
  ])
  const identityImplementation = await deploy('Identity', [deployer, true])
  const identityAuthority = await deploy('IdentityImplementationAuthority', [identityImplementation])

  const verify = async (holder: Address) => {
    const nonce = BigInt(await chain.rpc<string>('eth_getTransactionCount', deployer, 'latest'))
    const identity = getContractAddress({ from: deployer, nonce })
    await deploy('IdentityProxy', [identityAuthority, deployer])
    const claim = encodeAbiParameters([{ type: 'address' }], [holder])
    const digest = keccak256(
      encodeAbiParameters(
        [{ type: 'address' }, { type: 'uint256' }, { type: 'bytes' }],
        [identity, KNOW_YOUR_CUSTOMER, claim],
      ),
    )
    const signature = await accountOf('deployer').signMessage({ message: { raw: digest } })
    await write(identity, 'Identity', 'addClaim', [
      KNOW_YOUR_CUSTOMER,
      ECDSA_SCHEME,
      claimIssuer,
      signature,
      claim,
      '',
    ])
    await write(identityRegistry, 'IdentityRegistry', 'registerIdentity', [holder, identity, COUNTRY])
  }

  return {
    token,
    verify,
    contracts: {
      trexIdentityRegistry: identityRegistry,
      trexIdentityRegistryStorage: identityRegistryStorage,
      trexClaimTopicsRegistry: claimTopicsRegistry,
      trexTrustedIssuersRegistry: trustedIssuersRegistry,
      trexCompliance: compliance,
      trexImplementationAuthority: authority,
      trexClaimIssuer: claimIssuer,
      onchainIdImplementationAuthority: identityAuthority,
    },
  }
}
