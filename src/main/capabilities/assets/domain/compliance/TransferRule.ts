import type { Address } from '../../../../../shared/identity/identity.ts'

/** A transfer of a token that may be refused by its contract. */
export interface IntendedTransfer {
  readonly token: Address
  readonly from: Address
  readonly to: Address
  readonly units: bigint
  /** Of an asset in partitions (ERC-7518) the one that moves. */
  readonly partition?: bigint
}

/** Why a token's own rules refuse a transfer. */
export const transferRules = [
  /** The whole contract stands still. */
  'paused',
  'senderFrozen',
  'recipientFrozen',
  /** The sender holds enough, but a part of it is frozen. */
  'amountFrozen',
  'senderNotVerified',
  'recipientNotVerified',
  'senderMayNotSend',
  'recipientMayNotReceive',
  /** Neither side may move this partition (ERC-7518): it is closed, or they are not admitted to it or frozen. */
  'partitionClosed',
  /** The rules of the asset as a whole: numbers of holders, countries, holding periods. */
  'complianceRefused',
  /** A code of the contract's own, with its words. */
  'restricted',
  'deprecated',
] as const
export type TransferRule = (typeof transferRules)[number]

export interface TransferRefusal {
  readonly rule: TransferRule
  /** The contract's own words, cleaned; never to be taken for the app's. */
  readonly words?: string
}

export interface ContractRead {
  readonly to: Address
  readonly data: `0x${string}`
}

export type ReadAnswer = `0x${string}` | undefined
