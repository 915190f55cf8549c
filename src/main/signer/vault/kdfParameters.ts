import type { Protection } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'

/** Cost of Argon2id version 0x13 (RFC 9106). */
export interface KdfParameters {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

/** New vaults get these: half a second with a keychain secret beside the password, over a second without one. */
export const defaultKdf: Readonly<Record<Protection, KdfParameters>> = {
  keychain: { memoryKib: 256 * 1024, passes: 3, lanes: 4 },
  password: { memoryKib: 512 * 1024, passes: 4, lanes: 4 },
}

/** Less is refused when reading: a changed file must not make guessing cheap. */
export const kdfFloor: KdfParameters = { memoryKib: 64 * 1024, passes: 3, lanes: 4 }

/** More is refused when reading: a changed file must not exhaust the machine. */
export const kdfCeiling: KdfParameters = { memoryKib: 1024 * 1024, passes: 16, lanes: 16 }

/** @throws AppError `vault.kdfOutOfBounds` */
export function assertKdfBounds(parameters: KdfParameters): void {
  for (const name of ['memoryKib', 'passes', 'lanes'] as const) {
    const value = parameters[name]
    if (!Number.isInteger(value) || value < kdfFloor[name] || value > kdfCeiling[name]) {
      throw new AppError('vault.kdfOutOfBounds', { parameter: name, value })
    }
  }
}
