import type { ChainId } from '../../../shared/identity/identity.ts'
import type { ContractReader } from './assets.ports.ts'
import {
  judgeTransfer,
  planFollowUpReads,
  planTransferReads,
} from './domain/compliance/checkTransferRules.ts'
import type { IntendedTransfer, TransferRefusal } from './domain/compliance/TransferRule.ts'

/**
 * Asks a token's contract at one block whether its own rules would let a transfer pass; `undefined` when none stands against it.
 *
 * @throws AppError `chain.*`
 */
export async function checkTransfer(
  reader: Pick<ContractReader, 'call'>,
  chainId: ChainId,
  transfer: IntendedTransfer,
  block: bigint,
): Promise<TransferRefusal | undefined> {
  const answers = await reader.call(chainId, planTransferReads(transfer), block)
  const followUps = await reader.call(chainId, planFollowUpReads(transfer, answers), block)
  return judgeTransfer(transfer, answers, followUps)
}
