import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { GivenRight } from './domain/GivenRight.ts'

/** What is known of the rights that an account has given on a chain, and between which blocks that was looked for. */
export interface AllowanceScan {
  readonly fromBlock: bigint
  readonly toBlock: bigint
  readonly rights: readonly GivenRight[]
}

export interface AllowanceStore {
  read(chainId: ChainId, owner: Address): AllowanceScan | undefined
  /** @throws AppError `storage.writeFailed` */
  write(chainId: ChainId, owner: Address, scan: AllowanceScan): void
}

export interface CurrentRight extends GivenRight {
  readonly units: bigint
  /** Of Permit2, in seconds since 1970. */
  readonly expiration?: bigint
  /** What could be taken now: no more than the owner holds, and by way of Permit2 no more than the token lets Permit2 take. */
  readonly atRisk: bigint
  readonly isSpenderContract: boolean
}

/** What the chain shows of rights. Every method @throws AppError `chain.*`. */
export interface AllowanceReader {
  readHead(chainId: ChainId): Promise<bigint>
  /** Rights that were given in these blocks, both ends counted in. */
  findGiven(
    chainId: ChainId,
    owner: Address,
    permit2: Address | undefined,
    fromBlock: bigint,
    toBlock: bigint,
  ): Promise<readonly GivenRight[]>
  /** How they stand now; without those that are over and those that say nothing readable. */
  readCurrent(
    chainId: ChainId,
    owner: Address,
    permit2: Address | undefined,
    rights: readonly GivenRight[],
  ): Promise<readonly CurrentRight[]>
}
