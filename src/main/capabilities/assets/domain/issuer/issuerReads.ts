import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../../shared/identity/identity.ts'
import type { ContractRead, ReadAnswer } from '../compliance/TransferRule.ts'

const abi = parseAbi([
  'function totalSupply() view returns (uint256)',
  'function paused() view returns (bool)',
  'function asset() view returns (address)',
  'function convertToAssets(uint256) view returns (uint256)',
  'function maxRedeem(address) view returns (uint256)',
  'function supportsInterface(bytes4) view returns (bool)',
  'function pendingRedeemRequest(uint256, address) view returns (uint256)',
  'function claimableRedeemRequest(uint256, address) view returns (uint256)',
  'function quorum() view returns (uint256)',
  'function votePeriod() view returns (uint256)',
  'function isBinding() view returns (bool)',
])

export function planSupplyReads(token: Address): ContractRead[] {
  return [
    { to: token, data: encodeFunctionData({ abi, functionName: 'totalSupply' }) },
    { to: token, data: encodeFunctionData({ abi, functionName: 'paused' }) },
  ]
}

/** Words of one or several numbers, read as the first; nothing where there is no such read. */
export function decodeWord(data: ReadAnswer): bigint | undefined {
  return data === undefined || data.length !== 66 ? undefined : BigInt(data)
}

/** True or false; nothing where there is no such read, or it answers neither. */
export function decodeFlag(data: ReadAnswer): boolean | undefined {
  const word = decodeWord(data)
  return word === 0n ? false : word === 1n ? true : undefined
}

/** ERC-7540: asynchronous redemption, and asynchronous deposit. */
const asynchronousRedeem = '0x620ee8e4'
const asynchronousDeposit = '0xce3bbe50'

/** Reads of a vault (ERC-4626, ERC-7540) and of drag-along rights, in the order in which `decodeVault` takes them. */
export function planVaultReads(
  token: Address,
  oneShare: bigint,
  holder: Address | undefined,
): ContractRead[] {
  // Without an account the vault is asked about nobody: the answers are left out.
  const who = holder ?? '0x0000000000000000000000000000000000000001'
  return [
    encodeFunctionData({ abi, functionName: 'asset' }),
    encodeFunctionData({ abi, functionName: 'convertToAssets', args: [oneShare] }),
    encodeFunctionData({ abi, functionName: 'supportsInterface', args: [asynchronousRedeem] }),
    encodeFunctionData({ abi, functionName: 'supportsInterface', args: [asynchronousDeposit] }),
    encodeFunctionData({ abi, functionName: 'maxRedeem', args: [who] }),
    encodeFunctionData({ abi, functionName: 'pendingRedeemRequest', args: [0n, who] }),
    encodeFunctionData({ abi, functionName: 'claimableRedeemRequest', args: [0n, who] }),
    encodeFunctionData({ abi, functionName: 'quorum' }),
    encodeFunctionData({ abi, functionName: 'votePeriod' }),
    encodeFunctionData({ abi, functionName: 'isBinding' }),
  ].map((data) => ({ to: token, data }))
}

export interface VaultState {
  readonly asset: Address
  readonly assetsPerShare: bigint
  /** Whether it redeems on request, after a time. */
  readonly isAsynchronous: boolean
  /** Whether it also takes money on request. */
  readonly isDepositAsynchronous: boolean
  readonly redeemable: bigint | undefined
  readonly pending: bigint | undefined
  readonly claimable: bigint | undefined
}

/** A majority's right to make the rest sell. */
export interface DragAlong {
  /** Share of the votes that it takes, in hundredths of a percent. */
  readonly quorumBps: number
  readonly votePeriodSeconds: number
  /** Whether the right is in force. */
  readonly isBinding: boolean
}

/** Reads of ERC20Draggable; a quorum that is no share of a whole is another contract's read of that name. */
function decodeDragAlong([quorum, period, binding]: readonly ReadAnswer[]): DragAlong | undefined {
  const [share, seconds, isBinding] = [decodeWord(quorum), decodeWord(period), decodeFlag(binding)]
  if (share === undefined || seconds === undefined || isBinding === undefined) return undefined
  if (share === 0n || share > 10_000n || seconds > 10n ** 10n) return undefined
  return { quorumBps: Number(share), votePeriodSeconds: Number(seconds), isBinding }
}

export function decodeVault(answers: readonly ReadAnswer[]): {
  readonly vault: VaultState | undefined
  readonly dragAlong: DragAlong | undefined
} {
  const [assetData, perShareData, redeemData, depositData, redeemable, pending, claimable, ...drag] = answers
  const assetsPerShare = decodeWord(perShareData)
  let asset: Address | undefined
  try {
    asset =
      assetData === undefined
        ? undefined
        : decodeFunctionResult({ abi, functionName: 'asset', data: assetData })
  } catch {
    asset = undefined
  }
  return {
    vault:
      asset !== undefined && assetsPerShare !== undefined
        ? {
            asset,
            assetsPerShare,
            isAsynchronous: decodeFlag(redeemData) === true,
            isDepositAsynchronous: decodeFlag(depositData) === true,
            redeemable: decodeWord(redeemable),
            pending: decodeWord(pending),
            claimable: decodeWord(claimable),
          }
        : undefined,
    dragAlong: decodeDragAlong(drag),
  }
}
