import { randomUUID } from 'node:crypto'
import { concatHex, hashAuthorization, keccak256 } from 'viem/utils'
import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { SignerConfig, signerContract } from '../../shared/contract/signer.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { Hash } from '../../shared/identity/identity.ts'
import { gasUnits, wei } from '../../shared/money/units.ts'
import { wipe } from './memory/wipe.ts'
import { nameAddress } from './signing/clear/ClearContext.ts'
import type { ClearSigning } from './signing/clear/clearSigning.ts'
import { findLookalike } from './signing/clear/findDangers.ts'
import { transactionTypeOf } from './signing/decodeTransaction.ts'
import { decodeDelegation } from './signing/delegation/decodeDelegation.ts'
import {
  decodeDelegationTransaction,
  encodeDelegationTransaction,
  isDelegationTransaction,
} from './signing/delegation/delegationTransaction.ts'
import { decodeMultiSend } from './signing/multiSend/decodeMultiSend.ts'
import { type PendingRequests, requestLifetimeMs } from './signing/pendingRequests.ts'
import { readContractCall, readTransaction, type TransactionReading } from './signing/readTransaction.ts'
import { decodeRevocation } from './signing/revocation/decodeRevocation.ts'
import { signDigest } from './signing/signDigest.ts'
import { signWhole } from './signing/signWhole.ts'
import { type DecodedSwap, decodeSwap } from './signing/swap/decodeSwap.ts'
import type { Signature } from './signing/transactionType.ts'
import { undecodable } from './signing/undecodable.ts'
import type { Session } from './vault/session.ts'

export interface SigningHandlersDependencies {
  readonly session: Session
  readonly config: Pick<SignerConfig, 'chains' | 'tokens' | 'delegates'>
  readonly pending: PendingRequests
  readonly clear: ClearSigning
  readonly nowMs: () => number
}

type SigningHandlers = Pick<Handlers<typeof signerContract>['signing'], 'request' | 'approve' | 'reject'>

/** The signing side of the signer: it signs the bytes that it decoded and showed, after an approval of exactly those. */
export function createSigningHandlers(dependencies: SigningHandlersDependencies): SigningHandlers {
  const { session, config, pending, clear, nowMs } = dependencies
  return {
    async request({ accountId, transaction, preparations = [], allowUnknown = false }) {
      const { account } = session.findSigningAccount(accountId)
      // A copy of one's own: the caller's buffer may be shared memory.
      const unsigned = Uint8Array.from(transaction)
      const delegation = isDelegationTransaction(unsigned) ? decodeDelegationTransaction(unsigned) : undefined
      const decoded = delegation ?? transactionTypeOf(unsigned).decode(unsigned)
      const chain = config.chains.find(({ chainId }) => chainId === decoded.chainId)
      if (!chain) throw new AppError('chain.unknown', { chainId: decoded.chainId })
      const prepared = preparations.map((each) => {
        const bytes = Uint8Array.from(each)
        return { unsigned: bytes, decoded: transactionTypeOf(bytes).decode(bytes) }
      })
      const { nativeToken, swaps } = chain
      const context = await clear.context()
      const options = { account: account.address, nativeToken, allowUnknown, contracts: swaps }
      let swap: DecodedSwap | undefined
      let read: TransactionReading | undefined
      try {
        swap =
          swaps && !delegation
            ? decodeSwap(decoded, prepared, {
                nativeToken,
                tokens: config.tokens,
                contracts: swaps,
                account: account.address,
                ownNameOf: session.ownNameOf,
                nowMs: nowMs(),
              })
            : undefined
      } catch (thrown) {
        if (!allowUnknown || prepared.length > 0 || !(thrown instanceof AppError)) throw thrown
        read = readContractCall(decoded, context, options, thrown)
      }
      const revocation =
        swap || delegation || read
          ? undefined
          : decodeRevocation(
              decoded,
              prepared.map((each) => each.decoded),
              {
                tokens: config.tokens,
                permit2: swaps?.permit2,
                nameOf: (address) => nameAddress(context, chain.chainId, address)?.name,
              },
            )
      const payments =
        swap || delegation || read || prepared.length > 0
          ? undefined
          : decodeMultiSend(decoded, {
              multicall3: chain.multicall3,
              nativeToken,
              ownNameOf: session.ownNameOf,
            })
      // Nothing but a swap has anything to prepare, and rights can end several at a time.
      if (!swap && !revocation && prepared.length > 0) throw undecodable('unknownPreparation')
      if (swap) read = { intent: swap.intent, dangers: [] }
      else if (revocation) read = { intent: revocation, dangers: [] }
      else if (payments) {
        const dangers = payments.payments.flatMap(({ to }) =>
          findLookalike(to.address, chain.chainId, context),
        )
        read = { intent: payments, dangers }
      } else if (delegation) {
        const intent = decodeDelegation(delegation, account.address, config.delegates ?? [])
        read = { intent, dangers: [] }
      }
      const { intent, dangers } = read ?? readTransaction(decoded, context, options)

      const requestId = randomUUID()
      const all = [...prepared.map((each) => each.unsigned), unsigned]
      const digest = digestOf(all)
      const expiresAtMs = nowMs() + requestLifetimeMs
      pending.add({
        requestId,
        digest,
        accountId,
        transaction: unsigned,
        preparations: prepared.map((each) => each.unsigned),
        ...(swap?.permit ? { permit: swap.permit } : {}),
        dangers,
        expiresAtMs,
      })
      return {
        requestId,
        digest,
        expiresAtMs,
        chainId: chain.chainId,
        chainName: chain.name,
        accountId,
        from: { address: account.address, ownAccountName: account.name },
        intent,
        dangers: [...dangers],
        ...(swap && swap.preparations.length > 0 ? { preparations: [...swap.preparations] } : {}),
        nonce: decoded.nonce,
        gasLimit: gasUnits(decoded.gasLimit),
        maxFeePerGas: wei(decoded.maxFeePerGas),
        maxPriorityFeePerGas: wei(decoded.maxPriorityFeePerGas),
        maximumFee: wei(
          [...prepared.map((each) => each.decoded), decoded].reduce(
            (sum, { gasLimit, maxFeePerGas }) => sum + gasLimit * maxFeePerGas,
            0n,
          ),
        ),
        ...(decoded.accessList.length > 0 ? { accessList: decoded.accessList } : {}),
        nativeToken: chain.nativeToken,
        rawTransaction: Uint8Array.from(unsigned),
      }
    },

    async approve({ requestId, digest, accepted = [] }) {
      session.content()
      const { accountId, transaction, preparations, permit } = pending.take(requestId, digest, accepted)
      const { wallet, account } = session.findAccount(accountId)
      const key = await session.keysOf(wallet).keyAt(account.path)
      const owner = { ...key, address: account.address }
      try {
        return isDelegationTransaction(transaction)
          ? { ...signDelegation(transaction, (hash) => signDigest(owner, hash)), from: account.address }
          : signWhole(owner, transaction, preparations, permit)
      } finally {
        wipe(key.privateKey)
      }
    },

    reject({ requestId }) {
      pending.drop(requestId)
    },
  }
}

/** One transaction's hash is its digest; of several the digest is over their hashes, so that none can be exchanged. */
function digestOf(all: readonly Uint8Array[]): Hash {
  const hashes = all.map((unsigned) => keccak256(unsigned))
  const [only] = hashes
  return hashes.length === 1 && only ? only : keccak256(concatHex(hashes))
}

/** Both signatures of a delegation: the authorisation in the blank, and the transaction around it. */
function signDelegation(unsigned: Uint8Array, sign: (hash: Uint8Array) => Signature) {
  const decoded = decodeDelegationTransaction(unsigned)
  const { delegate, nonce } = decoded.authorization
  const authorization = sign(
    hashAuthorization({ chainId: decoded.chainId, address: delegate, nonce, to: 'bytes' }),
  )
  const whole = encodeDelegationTransaction(decoded, authorization)
  const signature = sign(keccak256(whole, 'bytes'))
  const signedTransaction = encodeDelegationTransaction(decoded, authorization, signature)
  return { signedTransaction, transactionHash: keccak256(signedTransaction) }
}
