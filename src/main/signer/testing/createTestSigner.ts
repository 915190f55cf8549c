import { type SignerConfig, signerConfigSchema } from '../../../shared/contract/signer.ts'
import {
  createSignerClient,
  type SignerClient,
  type SignerProcess,
} from '../../adapters/signer/createSignerClient.ts'
import { serveSigner } from '../serveSigner.ts'
import { kdfFloor } from '../vault/kdfParameters.ts'
import { createMemoryKeychain, type MemoryKeychain } from './createMemoryKeychain.ts'

export interface TestSigner {
  readonly signer: SignerClient
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

/** The signer behind its client, in this process, on a real folder, with the cheapest key derivation that is allowed. */
export function createTestSigner(options: TestSignerOptions): TestSigner {
  const { folder, keychain = createMemoryKeychain(), clock = { nowMs: 1_700_000_000_000 } } = options
  const config = signerConfigSchema.parse({
    vaultFolder: folder,
    keychainService: 'minato-test',
    chains: [],
    tokens: [],
    ...options.config,
  })
  const signer = createSignerClient({
    config: () => config,
    start: () => startInThisProcess(keychain, () => clock.nowMs, options.keychainTimeoutMs ?? 200),
    onFault: (fault) => {
      throw new Error(`A bug in the signer: ${JSON.stringify(fault)}`)
    },
  })
  return { signer, keychain, clock }
}

/** The serving side in this process; messages are cloned on the way, as between processes. */
function startInThisProcess(
  keychain: MemoryKeychain,
  nowMs: () => number,
  keychainTimeoutMs: number,
): SignerProcess {
  let toSigner = (_message: unknown) => {}
  let toClient = (_message: unknown) => {}
  serveSigner(
    {
      onMessage(listener) {
        toSigner = listener
      },
      postMessage: (message) => toClient(structuredClone(message)),
      end(code) {
        throw new Error(`The signer ended itself: ${code}`)
      },
    },
    {
      loadKeychain: async () => keychain,
      nowMs,
      kdf: { keychain: kdfFloor, password: kdfFloor },
      keychainTimeoutMs,
    },
  )
  return {
    postMessage: (message) => toSigner(structuredClone(message)),
    onMessage(listener) {
      toClient = listener
    },
    onExit() {},
    kill() {},
  }
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
