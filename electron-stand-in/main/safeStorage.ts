import { refuseUnknownMembers } from '../unavailable.ts'

/** Electron's `safeStorage` on a system without a key store. */
class SafeStorage {
  isEncryptionAvailable(): boolean {
    return false
  }

  encryptString(_text: string): Buffer {
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    )
  }

  decryptString(_encrypted: Buffer): string {
    throw new Error(
      'Error while decrypting the ciphertext provided to safeStorage.decryptString. Encryption is not available.',
    )
  }
}

refuseUnknownMembers(SafeStorage, 'safeStorage')

/** Electron's `safeStorage`. */
export const safeStorage = new SafeStorage()
