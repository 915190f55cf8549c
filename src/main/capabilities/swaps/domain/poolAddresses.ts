import { concatHex, encodeAbiParameters, getAddress, keccak256, sliceHex } from 'viem'
import type { Address, Hash } from '../../../../shared/identity/identity.ts'

/** The two addresses in the order in which every Uniswap version keeps them. */
export function sortTokens(a: Address, b: Address): readonly [Address, Address] {
  return a.toLowerCase() < b.toLowerCase() ? [a, b] : [b, a]
}

/** Address of a Uniswap V2 pair by CREATE2, whether or not it exists (UniswapV2Library.pairFor). */
export function computeV2Pair(factory: Address, initCodeHash: Hash, a: Address, b: Address): Address {
  const [token0, token1] = sortTokens(a, b)
  return computeCreate2(factory, keccak256(concatHex([token0, token1])), initCodeHash)
}

/** Address of a Uniswap V3 pool by CREATE2, whether or not it exists (PoolAddress.computeAddress). */
export function computeV3Pool(
  factory: Address,
  initCodeHash: Hash,
  a: Address,
  b: Address,
  feePips: number,
): Address {
  const [token0, token1] = sortTokens(a, b)
  const salt = keccak256(
    encodeAbiParameters(
      [{ type: 'address' }, { type: 'address' }, { type: 'uint24' }],
      [token0, token1, feePips],
    ),
  )
  return computeCreate2(factory, salt, initCodeHash)
}

export interface V4PoolKey {
  readonly currency0: Address
  readonly currency1: Address
  readonly fee: number
  readonly tickSpacing: number
  readonly hooks: Address
}

/** Id of a Uniswap V4 pool: the hash of its key (PoolIdLibrary.toId). */
export function computeV4PoolId(key: V4PoolKey): Hash {
  return keccak256(
    encodeAbiParameters(
      [{ type: 'address' }, { type: 'address' }, { type: 'uint24' }, { type: 'int24' }, { type: 'address' }],
      [key.currency0, key.currency1, key.fee, key.tickSpacing, key.hooks],
    ),
  )
}

function computeCreate2(deployer: Address, salt: Hash, initCodeHash: Hash): Address {
  return getAddress(sliceHex(keccak256(concatHex(['0xff', deployer, salt, initCodeHash])), 12))
}
