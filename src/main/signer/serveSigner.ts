import { z } from 'zod'
import { createRouter } from '../../shared/contract/createRouter.ts'
import { channelOf } from '../../shared/contract/route.ts'
import {
  type SignerConfig,
  type SignerReply,
  signerConfigSchema,
  signerContract,
} from '../../shared/contract/signer.ts'
import type { Result } from '../../shared/errors/Result.ts'
import { createSigner, type SignerEnvironment } from './createSigner.ts'
import { createKeychain, type KeychainBackend } from './keychain/createKeychain.ts'
import { wipe } from './memory/wipe.ts'

/** The way to the main process. */
export interface SignerPort {
  onMessage(listener: (message: unknown) => void): void
  postMessage(message: SignerReply): void
  /** Ends the process: after something that must not go on. */
  end(code: number): void
}

export interface SignerRuntime {
  readonly loadKeychain: () => Promise<KeychainBackend>
  readonly nowMs: () => number
  readonly kdf?: SignerEnvironment['kdf']
  readonly keychainTimeoutMs?: number
}

/** Exit codes in the style of sysexits.h. */
export const exitCodes = { badMessage: 65, fault: 70, badConfig: 78 } as const

/** Under which mistakes in reading calls and messages are told. */
const clearSigningFault = 'clearSigning'

const requestSchema = z.strictObject({ id: z.int(), channel: z.string(), input: z.unknown() })

/** Serves the signer's contract over a port: the first message is the configuration, every other one a request. */
export function serveSigner(port: SignerPort, runtime: SignerRuntime): void {
  let handle: ((message: unknown) => void) | undefined
  port.onMessage((message) => {
    if (handle) {
      handle(message)
      return
    }
    const config = signerConfigSchema.safeParse(message)
    if (config.success) handle = createRequestHandler(port, runtime, config.data)
    else port.end(exitCodes.badConfig)
  })
}

function createRequestHandler(
  port: SignerPort,
  { loadKeychain, nowMs, kdf, keychainTimeoutMs }: SignerRuntime,
  config: SignerConfig,
): (message: unknown) => void {
  const keychain = createKeychain({
    service: config.keychainService,
    load: loadKeychain,
    ...(keychainTimeoutMs !== undefined && { timeoutMs: keychainTimeoutMs }),
  })
  const tellFault = (channel: string, thrown: unknown) =>
    port.postMessage({ fault: { channel, ...describeFault(thrown) } })
  const signer = createSigner({
    config,
    keychain,
    nowMs,
    onFault: (thrown) => tellFault(clearSigningFault, thrown),
    ...(kdf && { kdf }),
  })
  const router = createRouter(signerContract, signer, (channel, failure, thrown) => {
    if (failure.code === 'internal') tellFault(channel, thrown)
  })
  return (message) => {
    const request = requestSchema.safeParse(message)
    if (!request.success) {
      port.end(exitCodes.badMessage)
      return
    }
    const { id, channel, input } = request.data
    void router.handle(channel, input).then((result) => {
      port.postMessage({ id, result })
      wipeSecretsOf(channel, result)
    })
  }
}

/** Where a bug is, for the log, without its message, which may quote a secret. */
function describeFault(thrown: unknown): { name: string; frames: string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, frames: [] }
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: thrown.name, frames: frames.slice(0, 20).map((line) => line.trim()) }
}

/** Phrase and recovery kit have been serialised by now; the copies here have done their duty. */
function wipeSecretsOf(channel: string, result: Result<unknown>): void {
  if (!channel.startsWith(channelOf('vault', '')) || !result.ok || typeof result.value !== 'object') return
  for (const value of Object.values(result.value ?? {})) if (value instanceof Uint8Array) wipe(value)
}
