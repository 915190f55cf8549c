import { encodeFunctionData, parseAbi } from 'viem'
import { type KnownVault, keyPool } from '../../../capabilities/swaps/index.ts'
import { readUint256 } from '../readUint256.ts'
import type { PoolCandidate } from './PoolCandidate.ts'

const abi = parseAbi([
  'function asset() view returns (address)',
  'function totalAssets() view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function convertToAssets(uint256 shares) view returns (uint256)',
  'function maxDeposit(address receiver) view returns (uint256)',
  'function previewDeposit(uint256 assets) view returns (uint256)',
  'function previewMint(uint256 shares) view returns (uint256)',
])
const ray = 10n ** 27n
/** Amounts for which the vault's own previews are asked; odd, so that they tell roundings apart. */
const probes = [1_000_003n, 123_456_789_012_345_679n]

/**
 * A vault that the chain's data names. Vaults add different virtual amounts to their totals, or keep a rate instead: the way is
 * taken whose results are the vault's own to the unit, and without one the vault is left alone.
 */
export function erc4626Candidate({ share, asset }: KnownVault): PoolCandidate {
  const id = share.toLowerCase()
  return {
    id,
    key: { venue: 'erc4626', address: share, feePips: 0, tickSpacing: 0 },
    tokens: [asset, share],
    watch: { kind: 'block' },
    *read() {
      const call = (data: `0x${string}`) => ({ to: share, data })
      const answers = yield [
        call(encodeFunctionData({ abi, functionName: 'asset' })),
        call(encodeFunctionData({ abi, functionName: 'totalAssets' })),
        call(encodeFunctionData({ abi, functionName: 'totalSupply' })),
        call(encodeFunctionData({ abi, functionName: 'convertToAssets', args: [ray] })),
        call(encodeFunctionData({ abi, functionName: 'maxDeposit', args: [share] })),
        ...probes.map((amount) =>
          call(encodeFunctionData({ abi, functionName: 'previewDeposit', args: [amount] })),
        ),
        ...probes.map((amount) =>
          call(encodeFunctionData({ abi, functionName: 'previewMint', args: [amount] })),
        ),
      ]
      const [held, totalAssets, totalSupply, rate, depositLimit, ...previews] = answers.map(readUint256)
      if (held !== BigInt(asset) || totalAssets === undefined || totalSupply === undefined) return undefined
      if (!depositLimit) return undefined
      const totals = { totalAssets, totalSupply }
      const forms = [
        { ...totals, virtualAssets: 1n, virtualShares: 1n },
        { ...totals, virtualAssets: 0n, virtualShares: 0n },
        ...[3, 6, 9, 12].map((offset) => ({
          ...totals,
          virtualAssets: 1n,
          virtualShares: 10n ** BigInt(offset),
        })),
        { totalAssets: rate ?? 0n, totalSupply: ray, virtualAssets: 0n, virtualShares: 0n },
      ]
      for (const form of forms) {
        const keyed = keyPool(
          { venue: 'erc4626', address: share, feePips: 0, tickSpacing: 0 },
          {
            kind: 'erc4626',
            state: {
              id,
              venue: 'erc4626',
              asset: asset.toLowerCase(),
              share: id,
              ...form,
              depositLimit,
              redeemLimit: 0n,
            },
          },
        )
        const isAsComputed = probes.every(
          (amount, at) =>
            keyed.pool.quoteExactIn(0, 1, amount).amountOut === previews[at] &&
            keyed.pool.quoteExactOut(0, 1, amount).amountIn === previews[probes.length + at],
        )
        if (isAsComputed) return keyed
      }
      return undefined
    },
  }
}
