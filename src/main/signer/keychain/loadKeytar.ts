import type { KeychainBackend } from './createKeychain.ts'

/**
 * Loads keytar when it is first needed: on a Linux without libsecret the import itself throws, and a vault under a
 * password alone must open there too.
 */
export async function loadKeytar(): Promise<KeychainBackend> {
  // The default export: the named ones type-check but do not exist on this CommonJS module.
  const { default: keytar } = await import('keytar')
  return keytar
}
