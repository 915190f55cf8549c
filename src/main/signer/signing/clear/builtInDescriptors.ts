import balancerVault from '../../../../../resources/clearSigning/balancerVault.json' with { type: 'json' }
import cowMessages from '../../../../../resources/clearSigning/cowMessages.json' with { type: 'json' }
import erc20 from '../../../../../resources/clearSigning/erc20.json' with { type: 'json' }
import erc721 from '../../../../../resources/clearSigning/erc721.json' with { type: 'json' }
import erc1155 from '../../../../../resources/clearSigning/erc1155.json' with { type: 'json' }
import erc3643 from '../../../../../resources/clearSigning/erc3643.json' with { type: 'json' }
import erc4626 from '../../../../../resources/clearSigning/erc4626.json' with { type: 'json' }
import multicall from '../../../../../resources/clearSigning/multicall.json' with { type: 'json' }
import multicall3 from '../../../../../resources/clearSigning/multicall3.json' with { type: 'json' }
import oneInch from '../../../../../resources/clearSigning/oneInch.json' with { type: 'json' }
import oneInchMessages from '../../../../../resources/clearSigning/oneInchMessages.json' with { type: 'json' }
import ownable from '../../../../../resources/clearSigning/ownable.json' with { type: 'json' }
import permit2 from '../../../../../resources/clearSigning/permit2.json' with { type: 'json' }
import permit2Messages from '../../../../../resources/clearSigning/permit2Messages.json' with { type: 'json' }
import tokenMessages from '../../../../../resources/clearSigning/tokenMessages.json' with { type: 'json' }
import universalRouter from '../../../../../resources/clearSigning/universalRouter.json' with { type: 'json' }
import wrappedCoin from '../../../../../resources/clearSigning/wrappedCoin.json' with { type: 'json' }
import zeroExMessages from '../../../../../resources/clearSigning/zeroExMessages.json' with { type: 'json' }
import type { SignerConfig } from '../../../../shared/contract/signer.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import { findToken } from './ClearContext.ts'
import type { Binding, DescriptorSource } from './DescriptorBook.ts'

/** Files that others may include by name: the standards, without a contract. */
export const interfaces: Readonly<Record<string, unknown>> = {
  'erc20.json': erc20,
  'erc721.json': erc721,
  'erc1155.json': erc1155,
  'erc3643.json': erc3643,
  'erc4626.json': erc4626,
  'multicall.json': multicall,
  'ownable.json': ownable,
}

/** ERC-721's functions that ERC-20 has as well, with other meanings: of a contract that nobody knows they say nothing. */
const ambiguousSelectors = ['0x095ea7b3', '0x23b872dd']

/** Minato's own descriptors, each with the contracts that it holds for. */
export function listBuiltIn({ chains, tokens }: Pick<SignerConfig, 'chains' | 'tokens'>): DescriptorSource[] {
  const isListed = (chainId: number, address: Address): Binding | undefined =>
    findToken({ tokens }, chainId, address) ? 'bound' : undefined
  const listedOrAssumed = (chainId: number, address: Address): Binding =>
    isListed(chainId, address) ?? 'assumed'
  const role =
    (name: 'universalRouter' | 'wrappedNative') =>
    (chainId: number, address: Address): Binding | undefined => {
      const contract = chains.find((chain) => chain.chainId === chainId)?.swaps?.[name]
      return contract && isSameAddress(contract, address) ? 'bound' : undefined
    }
  const known = (
    [
      balancerVault,
      multicall3,
      oneInch,
      oneInchMessages,
      permit2,
      permit2Messages,
      cowMessages,
      zeroExMessages,
    ] as unknown[]
  ).map((json) => ({ json, isUsers: false }))
  return [
    ...known,
    { json: universalRouter, isUsers: false, bind: role('universalRouter') },
    { json: wrappedCoin, isUsers: false, bind: role('wrappedNative') },
    { json: erc20, isUsers: false, bind: isListed },
    { json: tokenMessages, isUsers: false, bind: isListed },
    {
      json: erc721,
      isUsers: false,
      bind: (chainId, address, selector) =>
        isListed(chainId, address) || ambiguousSelectors.includes(selector) ? undefined : 'assumed',
    },
    {
      json: erc1155,
      isUsers: false,
      bind: (chainId, address) => (isListed(chainId, address) ? undefined : 'assumed'),
    },
    { json: erc4626, isUsers: false, bind: listedOrAssumed },
    { json: erc3643, isUsers: false, bind: listedOrAssumed },
    { json: ownable, isUsers: false, bind: listedOrAssumed },
    { json: multicall, isUsers: false, bind: listedOrAssumed },
  ]
}
