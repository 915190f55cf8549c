import { AppError } from '../../../shared/errors/AppError.ts'

/** Runs a write. @throws AppError `storage.writeFailed` when the disk is full, read-only or locked. */
export function writeOrFail<T>(write: () => T): T {
  try {
    return write()
  } catch (thrown) {
    throw new AppError('storage.writeFailed', {}, { cause: thrown, retryable: true })
  }
}
