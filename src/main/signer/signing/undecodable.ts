import { AppError } from '../../../shared/errors/AppError.ts'

/** Why the signer does not understand a transaction well enough to sign it. */
export type UndecodableReason =
  | 'empty'
  | 'tooLarge'
  | 'unknownType'
  | 'malformed'
  | 'notCanonical'
  | 'contractCreation'
  | 'delegation'
  | 'noChain'
  | 'feesInverted'
  | 'outOfRange'
  | 'unknownCall'
  | 'valueWithCall'
  | 'unknownToken'
  | 'unknownCommand'
  | 'unknownPreparation'
  | 'foreignRecipient'
  | 'foreignSpender'
  | 'unlimitedAllowance'
  | 'noMinimum'
  | 'unknownOrder'
  | 'unknownContract'
  | 'unknownData'
  | 'descriptor'

/** Whether that is why, and not a mistake of the program's. */
export function isUndecodable(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'signing.undecodable'
}

/** @param detail of a descriptor: where it is wrong. */
export function undecodable(reason: UndecodableReason, detail?: string): AppError {
  return new AppError('signing.undecodable', { reason, ...(detail === undefined ? {} : { detail }) })
}
