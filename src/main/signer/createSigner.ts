import { join } from 'node:path'
import process from 'node:process'
import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { SignerConfig, signerContract } from '../../shared/contract/signer.ts'
import type { Protection } from '../../shared/contract/vault.ts'
import { createDescriptorHandlers } from './descriptorHandlers.ts'
import type { Keychain } from './keychain/createKeychain.ts'
import { createQueue } from './memory/createQueue.ts'
import { createMessageHandlers } from './messageHandlers.ts'
import { createRuleHandlers } from './ruleHandlers.ts'
import { createClearSigning } from './signing/clear/clearSigning.ts'
import { openUserDescriptors } from './signing/clear/userDescriptors.ts'
import { createPendingRequests } from './signing/pendingRequests.ts'
import { createSigningHandlers } from './signingHandlers.ts'
import { createAttemptThrottle } from './vault/attemptThrottle.ts'
import { assertKdfBounds, defaultKdf, type KdfParameters } from './vault/kdfParameters.ts'
import { createSession } from './vault/session.ts'
import { createVaultFiles } from './vault/vaultFiles.ts'
import { createVaultHandlers } from './vaultHandlers.ts'

export interface SignerEnvironment {
  readonly config: SignerConfig
  readonly keychain: Keychain
  readonly nowMs: () => number
  /** Told of mistakes that no request fails by. */
  readonly onFault: (thrown: unknown) => void
  /** Cost of new vaults and new passwords; tests take the floor. */
  readonly kdf?: Readonly<Record<Protection, KdfParameters>>
}

export const attemptsFileName = 'vault.attempts.json'

/** Everything that the signer process does, without the process around it. */
export function createSigner(environment: SignerEnvironment): Handlers<typeof signerContract> {
  const { keychain, nowMs, kdf = defaultKdf } = environment
  const started = environment.config
  const config = { ...started, chains: [...started.chains] }
  for (const parameters of Object.values(kdf)) assertKdfBounds(parameters)
  const session = createSession()
  const pending = createPendingRequests(nowMs)
  const context = {
    session,
    files: createVaultFiles(config.vaultFolder),
    keychain,
    throttle: createAttemptThrottle(join(config.vaultFolder, attemptsFileName), nowMs),
    kdf,
    nowMs,
  }
  const inTurn = createQueue()
  const descriptors = openUserDescriptors(config.vaultFolder)
  const clearSigning = createClearSigning(config, session, descriptors, environment.onFault)
  const transactions = createSigningHandlers({ session, config, pending, clear: clearSigning, nowMs })
  const { drop, clear, ...messages } = createMessageHandlers(
    context,
    config,
    inTurn,
    clearSigning,
    descriptors,
  )
  return {
    vault: createVaultHandlers(context, inTurn, () => {
      pending.clear()
      clear()
    }),
    signing: {
      ...transactions,
      ...messages,
      reject(request) {
        drop(request.requestId)
        return transactions.reject(request)
      },
    },
    rules: createRuleHandlers(context, inTurn),
    descriptors: createDescriptorHandlers(session, descriptors, clearSigning, inTurn),
    session: {
      ping: () => ({ pid: process.pid }),
      setOwnChains(own) {
        const known = new Set(started.chains.map(({ chainId }) => chainId))
        config.chains = [...started.chains, ...own.filter(({ chainId }) => !known.has(chainId))]
        return undefined
      },
    },
  }
}
