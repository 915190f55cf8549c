import type { Handlers } from '../../../shared/contract/createRouter.ts'
import {
  type SignerConfig,
  signerConfigSchema,
  type signerContract,
} from '../../../shared/contract/signer.ts'
import { createSigner } from '../createSigner.ts'
import { createKeychain } from '../keychain/createKeychain.ts'
import { kdfFloor } from '../vault/kdfParameters.ts'
import { createMemoryKeychain, type MemoryKeychain } from './createMemoryKeychain.ts'

export interface TestSigner {
  readonly signer: Handlers<typeof signerContract>
  readonly keychain: MemoryKeychain
  readonly clock: { nowMs: number }
}

export interface TestSignerOptions {
  readonly folder: string
  /** Of an earlier signer, for one that starts again on the same machine. */
  readonly keychain?: MemoryKeychain
  readonly clock?: { nowMs: number }
  readonly config?: Partial<SignerConfig>
  readonly keychainTimeoutMs?: number
}

/** A signer in this process, on a real folder, with the cheapest key derivation that is allowed. */
export function createTestSigner(options: TestSignerOptions): TestSigner {
  const { folder, keychain = createMemoryKeychain(), clock = { nowMs: 1_700_000_000_000 } } = options
  const config = signerConfigSchema.parse({
    vaultFolder: folder,
    keychainService: 'minato-test',
    chains: [],
    tokens: [],
    ...options.config,
  })
  const signer = createSigner({
    config,
    keychain: createKeychain({
      service: config.keychainService,
      load: async () => keychain,
      timeoutMs: options.keychainTimeoutMs ?? 200,
    }),
    nowMs: () => clock.nowMs,
    kdf: { keychain: kdfFloor, password: kdfFloor },
  })
  return { signer, keychain, clock }
}

/** UTF-8, a fresh array at every call: whoever takes a secret overwrites it. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

/** A phrase that is printed in BIP-39's own vectors (entropy 0x7f…). */
export const publishedPhrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow'

/** All zero entropy, of the same vectors. */
export const otherPublishedPhrase =
  'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about'

export const testPassword = 'correct horse battery'
