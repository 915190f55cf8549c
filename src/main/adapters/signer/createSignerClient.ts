import { type Api, createApi } from '../../../shared/contract/createApi.ts'
import { channelOf } from '../../../shared/contract/route.ts'
import {
  type SignerConfig,
  type SignerReply,
  signerContract,
  signerReplySchema,
} from '../../../shared/contract/signer.ts'
import { type Result, unwrapResult } from '../../../shared/errors/Result.ts'
import { overwriteBytes } from '../../../shared/secrets/overwriteBytes.ts'

/** A started signer process: Electron's utility process, or a child process in tests. */
export interface SignerProcess {
  /** Must serialise before it returns: what it was given is overwritten then. */
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: () => void): void
  kill(): void
}

export interface SignerClientOptions {
  readonly start: () => SignerProcess
  /** Read at every start, so that a restarted signer knows the tokens and chains of that moment. */
  readonly config: () => SignerConfig
  readonly timeouts?: Partial<SignerTimeouts>
  /** Told where a bug in the signer is. */
  readonly onFault?: (fault: Extract<SignerReply, { fault: unknown }>['fault']) => void
}

export interface SignerTimeouts {
  /** Calls that stretch a password, and may have to wait for the keychain twice. */
  readonly keyDerivationMs: number
  readonly otherMs: number
  /** A lock that takes longer is done by ending the process. */
  readonly lockMs: number
}

const defaultTimeouts: SignerTimeouts = { keyDerivationMs: 60_000, otherMs: 20_000, lockMs: 1_000 }

const lockChannel = channelOf('vault', 'lock')

const keyDerivingChannels: ReadonlySet<string> = new Set(
  [
    'create',
    'createFromPhrase',
    'createFromShares',
    'restoreBackup',
    'unlock',
    'changePassword',
    'renewRecoveryKit',
    'changeProtection',
    'removeWallet',
    'importKeystore',
    'importShares',
    'revealPhrase',
    'exportPrivateKey',
    'exportKeystore',
    'createShares',
    'createBackup',
    'mergeBackup',
    'checkBackup',
    'checkShares',
  ].map((route) => channelOf('vault', route)),
)

type Unwrapped<Routes> = {
  readonly [Name in keyof Routes]: Routes[Name] extends (
    ...input: infer Input
  ) => Promise<Result<infer Output>>
    ? (...input: Input) => Promise<Output>
    : never
}

type Calls = {
  readonly [Capability in keyof Api<typeof signerContract>]: Unwrapped<Api<typeof signerContract>[Capability]>
}

/**
 * The signer, as the main process calls it. The process starts with the first call and, after it ended, with the next;
 * a freshly started one is locked.
 *
 * Every call may throw AppError `signer.stopped` (the process ended under it) or `request.timeout`. Secrets given to
 * `vault` calls are overwritten as soon as they are posted.
 */
export interface SignerClient extends Calls {
  /** Ends the process and with it everything decrypted; calls under way fail with `signer.stopped`. */
  stop(): void
  /** Told whenever a process ended, by `stop` or by itself. Returns what ends the subscription. */
  onStopped(listener: () => void): () => void
}

interface Call {
  readonly resolve: (result: Result<unknown>) => void
  readonly timer: ReturnType<typeof setTimeout>
}

interface Running {
  readonly process: SignerProcess
  readonly calls: Map<number, Call>
}

export function createSignerClient(options: SignerClientOptions): SignerClient {
  const { start, config, onFault = () => {} } = options
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const stopListeners = new Set<() => void>()
  let running: Running | undefined
  let lastId = 0

  function ensureRunning(): Running {
    if (running) return running
    const started: Running = { process: start(), calls: new Map() }
    running = started
    started.process.onMessage((message) => receive(started, message))
    started.process.onExit(() => end(started))
    started.process.postMessage(config())
    return started
  }

  function receive(from: Running, message: unknown): void {
    const reply = signerReplySchema.safeParse(message)
    // Something else than our signer answers: nothing it says can be trusted any more.
    if (!reply.success) {
      from.process.kill()
      end(from)
    } else if ('fault' in reply.data) {
      onFault(reply.data.fault)
    } else {
      const { id, result } = reply.data
      settle(from, id, result.ok ? { ok: true, value: result.value } : result)
    }
  }

  function settle(from: Running, id: number, result: Result<unknown>): void {
    const call = from.calls.get(id)
    if (!call) return
    from.calls.delete(id)
    clearTimeout(call.timer)
    call.resolve(result)
  }

  function giveUp(target: Running, id: number, channel: string): void {
    settle(target, id, failure('request.timeout'))
    if (!keyDerivingChannels.has(channel)) return
    // It might open the vault later, when everybody takes it for locked.
    target.process.kill()
    end(target)
  }

  function end(ended: Running): void {
    if (running !== ended) return
    running = undefined
    for (const id of ended.calls.keys()) settle(ended, id, failure('signer.stopped'))
    for (const listener of stopListeners) listener()
  }

  function timeoutOf(channel: string): number {
    if (channel === lockChannel) return timeouts.lockMs
    return keyDerivingChannels.has(channel) ? timeouts.keyDerivationMs : timeouts.otherMs
  }

  async function request(channel: string, input: unknown): Promise<Result<unknown>> {
    const target = ensureRunning()
    const id = ++lastId
    return new Promise((resolve) => {
      const timeoutMs = timeoutOf(channel)
      const timer = setTimeout(() => giveUp(target, id, channel), timeoutMs)
      target.calls.set(id, { resolve, timer })
      const owned = copyBytes(input)
      try {
        target.process.postMessage({ id, channel, input: owned })
      } finally {
        if (channel.startsWith(channelOf('vault', ''))) overwriteBytes(input, owned)
      }
    })
  }

  const api = createApi(signerContract, {
    request,
    subscribe: () => {
      throw new Error('The signer has no events')
    },
  })

  return {
    vault: unwrapCalls(api.vault),
    signing: unwrapCalls(api.signing),
    rules: unwrapCalls(api.rules),
    descriptors: unwrapCalls(api.descriptors),
    session: unwrapCalls(api.session),

    stop() {
      const ending = running
      if (!ending) return
      ending.process.kill()
      end(ending)
    },

    onStopped(listener) {
      stopListeners.add(listener)
      return () => stopListeners.delete(listener)
    },
  }
}

function failure(code: 'signer.stopped' | 'request.timeout'): Result<never> {
  return { ok: false, error: { code, params: {}, retryable: true } }
}

function unwrapCalls<Routes extends object>(routes: Routes): Unwrapped<Routes> {
  const calls = Object.entries(routes).map(([name, call]) => [
    name,
    async (input?: unknown) => unwrapResult(await call(input)),
  ])
  return Object.fromEntries(calls)
}

/** Structured clone sends the whole memory under a view, and with Node's pooled buffers much that is not meant. */
function copyBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (Array.isArray(value)) return value.map(copyBytes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyBytes(member)]))
}
