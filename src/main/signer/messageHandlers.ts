import { randomUUID } from 'node:crypto'
import { hexToBytes, keccak256 } from 'viem/utils'
import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { MessageRequest } from '../../shared/contract/messages.ts'
import { type RuleScope, ruleIdSchema } from '../../shared/contract/rules.ts'
import type { SignedMessage, SignerConfig, signerContract } from '../../shared/contract/signer.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { AccountId, ChainId, Hash } from '../../shared/identity/identity.ts'
import { concatBytes } from './memory/bytes.ts'
import type { Queue } from './memory/createQueue.ts'
import { wipe } from './memory/wipe.ts'
import { saveContent } from './operations/saveContent.ts'
import { applyRule } from './rules/applyRule.ts'
import { assertRuleScope, digestOfRule, toStandingRule } from './rules/ruleScope.ts'
import { decodeIntent } from './signing/decodeIntent.ts'
import { transactionTypeOf } from './signing/decodeTransaction.ts'
import type { ReadMessage } from './signing/messages/ReadMessage.ts'
import { readDelegation } from './signing/messages/readDelegation.ts'
import { readText } from './signing/messages/readText.ts'
import { isBoundToChain, readTypedData } from './signing/messages/readTypedData.ts'
import { createPendingRequests, requestLifetimeMs } from './signing/pendingRequests.ts'
import { signDigest } from './signing/signDigest.ts'
import type { VaultContext } from './vaultContext.ts'

type SigningHandlers = Handlers<typeof signerContract>['signing']
type MessageHandlers = Omit<SigningHandlers, 'request' | 'approve' | 'reject'> & {
  readonly drop: (requestId: string) => void
  readonly clear: () => void
}

interface OpenMessage {
  readonly requestId: string
  readonly digest: Hash
  readonly expiresAtMs: number
  readonly accountId: AccountId
  /** Of a standing rule: what is kept instead of signed. */
  readonly scope?: RuleScope
}

/** Messages, delegations and standing rules: each is signed or kept exactly as it was shown, once, after an approval. */
export function createMessageHandlers(
  context: VaultContext,
  config: Pick<SignerConfig, 'chains' | 'tokens' | 'delegates'>,
  inTurn: Queue,
): MessageHandlers {
  const { session, nowMs } = context
  const open = createPendingRequests<OpenMessage>(nowMs)
  const { tokens } = config
  const { ownNameOf } = session

  function chainOf(chainId: ChainId) {
    const chain = config.chains.find((each) => each.chainId === chainId)
    if (!chain) throw new AppError('chain.unknown', { chainId })
    return chain
  }

  function ask(
    accountId: AccountId,
    { digest, content }: ReadMessage,
    chainId?: ChainId,
    scope?: RuleScope,
  ): MessageRequest {
    const { account } = session.findSigningAccount(accountId)
    const request = { requestId: randomUUID(), digest, expiresAtMs: nowMs() + requestLifetimeMs, accountId }
    open.add({ ...request, ...(scope && { scope }) })
    const chain = chainId === undefined ? undefined : chainOf(chainId)
    return {
      ...request,
      from: { address: account.address, ownAccountName: account.name },
      ...(chain && { chain: { chainId: chain.chainId, name: chain.name } }),
      content,
    }
  }

  async function sign(accountId: AccountId, digest: Uint8Array) {
    const { wallet, account } = session.findSigningAccount(accountId)
    const key = await session.keysOf(wallet).keyAt(account.path)
    try {
      return { ...signDigest({ ...key, address: account.address }, digest), from: account.address }
    } finally {
      wipe(key.privateKey)
    }
  }

  async function keepRule(scope: RuleScope): Promise<SignedMessage> {
    const { account } = session.findSigningAccount(scope.accountId)
    assertRuleScope(scope, nowMs())
    const rule = toStandingRule(scope, ruleIdSchema.parse(randomUUID()), nowMs())
    await saveContent(context, { rules: [...session.content().rules, rule] })
    return { digest: digestOfRule(scope), from: account.address, rule }
  }

  return {
    requestMessage: ({ accountId, message }) => ask(accountId, readText(Uint8Array.from(message))),

    requestTypedData({ accountId, chainId, typedData }) {
      chainOf(chainId)
      const read = readTypedData(typedData, chainId, { tokens, ownNameOf })
      return ask(accountId, read, isBoundToChain(read) ? chainId : undefined)
    },

    requestDelegation: ({ accountId, chainId, delegate, nonce }) =>
      ask(accountId, readDelegation({ chainId, delegate, nonce }, config.delegates ?? []), chainId),

    requestRule(scope) {
      assertRuleScope(scope, nowMs())
      // The list's own token, so that no caller gives a contract another's name or decimals.
      const known = [...tokens, ...config.chains.map(({ nativeToken }) => nativeToken)].find(
        ({ ref }) =>
          ref.chainId === scope.token.ref.chainId &&
          ref.address.toLowerCase() === scope.token.ref.address.toLowerCase(),
      )
      if (!known) throw new AppError('signing.undecodable', { reason: 'unknownToken' })
      const rule = { ...scope, token: known }
      const read: ReadMessage = { digest: digestOfRule(rule), content: { kind: 'standingRule', rule } }
      return ask(scope.accountId, read, scope.chainId, rule)
    },

    async approveMessage({ requestId, digest }) {
      session.content()
      const { accountId, scope } = open.take(requestId, digest)
      if (scope) return inTurn(() => keepRule(scope))
      const { r, s, yParity, from } = await sign(accountId, hexToBytes(digest))
      return { digest, from, signature: concatBytes(r, s, Uint8Array.of(27 + yParity)) }
    },

    signUnderRule: ({ ruleId, transaction }) =>
      inTurn(async () => {
        const { rules } = session.content()
        const rule = rules.find(({ id }) => id === ruleId)
        if (!rule) throw new AppError('rule.missing')
        const unsigned = Uint8Array.from(transaction)
        const type = transactionTypeOf(unsigned)
        const decoded = type.decode(unsigned)
        const { nativeToken } = chainOf(decoded.chainId)
        const used = applyRule(
          rule,
          decoded,
          decodeIntent(decoded, { nativeToken, tokens, ownNameOf }),
          nowMs(),
        )
        const { from, ...signature } = await sign(rule.accountId, keccak256(unsigned, 'bytes'))
        // Counted on the disk before the signature leaves: a crash in between costs a use, never grants one.
        await saveContent(context, { rules: rules.map((each) => (each === rule ? used : each)) })
        const signedTransaction = type.attachSignature(unsigned, signature)
        return { signedTransaction, transactionHash: keccak256(signedTransaction), from }
      }),

    drop: open.drop,
    clear: open.clear,
  }
}
