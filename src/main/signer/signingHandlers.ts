import { randomUUID } from 'node:crypto'
import { hexToBytes, keccak256 } from 'viem/utils'
import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { SignerConfig, signerContract } from '../../shared/contract/signer.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import { gasUnits, wei } from '../../shared/money/units.ts'
import { wipe } from './memory/wipe.ts'
import { decodeIntent } from './signing/decodeIntent.ts'
import { transactionTypeOf } from './signing/decodeTransaction.ts'
import { type PendingRequests, requestLifetimeMs } from './signing/pendingRequests.ts'
import { signDigest } from './signing/signDigest.ts'
import type { Session } from './vault/session.ts'

export interface SigningHandlersDependencies {
  readonly session: Session
  readonly config: Pick<SignerConfig, 'chains' | 'tokens'>
  readonly pending: PendingRequests
  readonly nowMs: () => number
}

type SigningHandlers = Handlers<typeof signerContract>['signing']

/** The signing side of the signer: it signs the bytes that it decoded and showed, after an approval of exactly those. */
export function createSigningHandlers(dependencies: SigningHandlersDependencies): SigningHandlers {
  const { session, config, pending, nowMs } = dependencies
  const ownNameOf = session.ownNameOf
  return {
    request({ accountId, transaction }) {
      const { account } = session.findAccount(accountId)
      // A copy of one's own: the caller's buffer may be shared memory.
      const unsigned = Uint8Array.from(transaction)
      const decoded = transactionTypeOf(unsigned).decode(unsigned)
      const chain = config.chains.find(({ chainId }) => chainId === decoded.chainId)
      if (!chain) throw new AppError('chain.unknown', { chainId: decoded.chainId })
      const { tokens } = config
      const intent = decodeIntent(decoded, { nativeToken: chain.nativeToken, tokens, ownNameOf })

      const requestId = randomUUID()
      const digest = keccak256(unsigned)
      const expiresAtMs = nowMs() + requestLifetimeMs
      pending.add({ requestId, digest, accountId, transaction: unsigned, expiresAtMs })
      return {
        requestId,
        digest,
        expiresAtMs,
        chainId: chain.chainId,
        chainName: chain.name,
        accountId,
        from: { address: account.address, ownAccountName: account.name },
        intent,
        nonce: decoded.nonce,
        gasLimit: gasUnits(decoded.gasLimit),
        maxFeePerGas: wei(decoded.maxFeePerGas),
        maxPriorityFeePerGas: wei(decoded.maxPriorityFeePerGas),
        maximumFee: wei(decoded.gasLimit * decoded.maxFeePerGas),
        nativeToken: chain.nativeToken,
        rawTransaction: Uint8Array.from(unsigned),
      }
    },

    async approve({ requestId, digest }) {
      session.content()
      const { accountId, transaction } = pending.take(requestId, digest)
      const { wallet, account } = session.findAccount(accountId)
      const key = await session.keysOf(wallet).keyAt(account.path)
      try {
        const signature = signDigest({ ...key, address: account.address }, hexToBytes(digest))
        const signedTransaction = transactionTypeOf(transaction).attachSignature(transaction, signature)
        return {
          signedTransaction,
          transactionHash: keccak256(signedTransaction),
          from: account.address,
        }
      } finally {
        wipe(key.privateKey)
      }
    },

    reject({ requestId }) {
      pending.drop(requestId)
    },
  }
}
