import { randomUUID } from 'node:crypto'
import { hexToBytes } from 'viem/utils'
import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { MessageRequest } from '../../shared/contract/messages.ts'
import type { Danger } from '../../shared/contract/readings.ts'
import { type RuleScope, ruleIdSchema, type StandingRule } from '../../shared/contract/rules.ts'
import type { SignedMessage, SignerConfig, signerContract } from '../../shared/contract/signer.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import {
  type AccountId,
  type ChainId,
  type Hash,
  isSameAddress,
  tokenKey,
} from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { concatBytes } from './memory/bytes.ts'
import type { Queue } from './memory/createQueue.ts'
import { wipe } from './memory/wipe.ts'
import { saveContent } from './operations/saveContent.ts'
import { applyRule } from './rules/applyRule.ts'
import { applySwapRule } from './rules/applySwapRule.ts'
import { notCovered } from './rules/notCovered.ts'
import { assertRuleScope, digestOfRule, toStandingRule } from './rules/ruleScope.ts'
import type { ClearSigning } from './signing/clear/clearSigning.ts'
import type { UserDescriptors } from './signing/clear/userDescriptors.ts'
import { decodeIntent } from './signing/decodeIntent.ts'
import { transactionTypeOf } from './signing/decodeTransaction.ts'
import type { ReadMessage } from './signing/messages/ReadMessage.ts'
import { readDelegation } from './signing/messages/readDelegation.ts'
import { readText } from './signing/messages/readText.ts'
import { isBoundToChain, readTypedData } from './signing/messages/readTypedData.ts'
import { createPendingRequests, requestLifetimeMs } from './signing/pendingRequests.ts'
import { signDigest } from './signing/signDigest.ts'
import { signWhole } from './signing/signWhole.ts'
import { decodeSwap, type Preparation } from './signing/swap/decodeSwap.ts'
import { undecodable } from './signing/undecodable.ts'
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
  /** Of a descriptor: what is kept instead of signed. */
  readonly descriptor?: string
  readonly dangers: readonly Danger[]
}

/** Messages, delegations and standing rules: each is signed or kept exactly as it was shown, once, after an approval. */
export function createMessageHandlers(
  context: VaultContext,
  config: Pick<SignerConfig, 'chains' | 'tokens' | 'delegates'>,
  inTurn: Queue,
  clear: ClearSigning,
  descriptors: UserDescriptors,
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
    { digest, content, dangers = [] }: ReadMessage,
    chainId?: ChainId,
    kept: Pick<OpenMessage, 'scope' | 'descriptor'> = {},
  ): MessageRequest {
    const account =
      kept.descriptor === undefined
        ? session.findSigningAccount(accountId).account
        : session.findAccount(accountId).account
    const request = {
      requestId: randomUUID(),
      digest,
      expiresAtMs: nowMs() + requestLifetimeMs,
      accountId,
      dangers: [...dangers],
    }
    open.add({ ...request, ...kept })
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

  /** The rule after signing these bytes, by the signer's own reading of them. @throws AppError `rule.notCovered`, `signing.undecodable` */
  function coverByRule(rule: StandingRule, unsigned: Uint8Array, prepared: readonly Preparation[]) {
    const decoded = transactionTypeOf(unsigned).decode(unsigned)
    const { nativeToken, swaps } = chainOf(decoded.chainId)
    if (!rule.swap) {
      if (prepared.length > 0) throw undecodable('unknownPreparation')
      const intent = decodeIntent(decoded, { nativeToken, tokens, ownNameOf, contracts: swaps })
      return { used: applyRule(rule, decoded, intent, nowMs()), permit: undefined }
    }
    const { account } = session.findSigningAccount(rule.accountId)
    const swap =
      swaps &&
      decodeSwap(decoded, prepared, {
        nativeToken,
        tokens,
        contracts: swaps,
        account: account.address,
        ownNameOf,
        nowMs: nowMs(),
      })
    if (!swap) throw notCovered('contract')
    return {
      used: applySwapRule(rule, decoded, prepared, swap, nowMs()),
      permit: swap.permit,
    }
  }

  /** A token as a list names it, so that no caller gives a contract another's name or decimals. */
  function knownToken({ ref }: Token): Token {
    const known = [...tokens, ...config.chains.map(({ nativeToken }) => nativeToken)].find(
      (each) => tokenKey(each.ref) === tokenKey(ref),
    )
    if (!known) throw undecodable('unknownToken')
    return known
  }

  /** Only contracts whose calls this process can read may carry anything out. */
  function assertVenues({ chainId, swap }: RuleScope): void {
    const { swaps } = chainOf(chainId)
    const readable = [
      swaps?.universalRouter,
      ...(swaps?.otherRouters ?? []).map(({ universalRouter }) => universalRouter),
      swaps?.balancerVault,
      swaps?.limitOrderProtocol,
    ]
    const isReadable = swap?.venues.every((venue) =>
      readable.some((each) => each !== undefined && isSameAddress(each, venue)),
    )
    if (isReadable === false) throw new AppError('rule.invalid', { reason: 'contract' })
  }

  async function keepRule(scope: RuleScope): Promise<SignedMessage> {
    const { account } = session.findSigningAccount(scope.accountId)
    assertRuleScope(scope, nowMs())
    const rule = toStandingRule(scope, ruleIdSchema.parse(randomUUID()), nowMs())
    // Orders come and go by the hundred: of what can sign nothing any more no trace is needed here.
    const kept = session
      .content()
      .rules.filter(
        ({ swap, revokedAtMs, expiresAtMs }) => !swap || (revokedAtMs === undefined && expiresAtMs > nowMs()),
      )
    await saveContent(context, { rules: [...kept, rule] })
    return { digest: digestOfRule(scope), from: account.address, rule }
  }

  async function keepDescriptor(accountId: AccountId, text: string): Promise<SignedMessage> {
    const { account } = session.findAccount(accountId)
    const summary = await descriptors.add(text, nowMs())
    clear.forget()
    return { digest: summary.digest, from: account.address, descriptor: summary }
  }

  return {
    requestMessage: ({ accountId, message, allowUnknown = false }) =>
      ask(accountId, refuseUnknown(readText(Uint8Array.from(message)), allowUnknown)),

    async requestTypedData({ accountId, chainId, typedData, allowUnknown = false }) {
      const { swaps } = chainOf(chainId)
      const { account } = session.findSigningAccount(accountId)
      const read = readTypedData(typedData, chainId, {
        ...(await clear.context()),
        account: account.address,
        limitOrderProtocol: swaps?.limitOrderProtocol,
      })
      return ask(accountId, refuseUnknown(read, allowUnknown), isBoundToChain(read) ? chainId : undefined)
    },

    requestDescriptor({ accountId, text }) {
      const summary = descriptors.check(text, nowMs())
      const read: ReadMessage = {
        digest: summary.digest,
        content: { kind: 'descriptor', descriptor: summary },
      }
      return ask(accountId, read, undefined, { descriptor: text })
    },

    requestDelegation: ({ accountId, chainId, delegate, nonce }) =>
      ask(accountId, readDelegation({ chainId, delegate, nonce }, config.delegates ?? []), chainId),

    requestRule(scope) {
      assertRuleScope(scope, nowMs())
      assertVenues(scope)
      const rule: RuleScope = {
        ...scope,
        token: knownToken(scope.token),
        ...(scope.swap && { swap: { ...scope.swap, buy: knownToken(scope.swap.buy) } }),
      }
      const read: ReadMessage = { digest: digestOfRule(rule), content: { kind: 'standingRule', rule } }
      return ask(scope.accountId, read, scope.chainId, { scope: rule })
    },

    async approveMessage({ requestId, digest, accepted = [] }) {
      session.content()
      const { accountId, scope, descriptor } = open.take(requestId, digest, accepted)
      if (descriptor !== undefined) return inTurn(() => keepDescriptor(accountId, descriptor))
      if (scope) return inTurn(() => keepRule(scope))
      const { r, s, yParity, from } = await sign(accountId, hexToBytes(digest))
      return { digest, from, signature: concatBytes(r, s, Uint8Array.of(27 + yParity)) }
    },

    signUnderRule: ({ ruleId, transaction, preparations = [] }) =>
      inTurn(async () => {
        const { rules } = session.content()
        const rule = rules.find(({ id }) => id === ruleId)
        if (!rule) throw new AppError('rule.missing')
        const unsigned = Uint8Array.from(transaction)
        const prepared = preparations.map((each) => {
          const bytes = Uint8Array.from(each)
          return { unsigned: bytes, decoded: transactionTypeOf(bytes).decode(bytes) }
        })
        const { used, permit } = coverByRule(rule, unsigned, prepared)
        const { wallet, account } = session.findSigningAccount(rule.accountId)
        const key = await session.keysOf(wallet).keyAt(account.path)
        try {
          const signed = signWhole(
            { ...key, address: account.address },
            unsigned,
            prepared.map((each) => each.unsigned),
            permit,
          )
          // Counted on the disk before the signature leaves: a crash in between costs a use, never grants one.
          // In both copies: restoring the backup copy must not grant a use again.
          await saveContent(context, { rules: rules.map((each) => (each === rule ? used : each)) }, 'renewed')
          return signed
        } finally {
          wipe(key.privateKey)
        }
      }),

    drop: open.drop,
    clear: open.clear,
  }
}

/** What nobody understands is refused, unless the user has asked for the expert's way. @throws AppError `signing.undecodable` */
function refuseUnknown(read: ReadMessage, allowUnknown: boolean): ReadMessage {
  if (!allowUnknown && read.dangers?.some(({ kind }) => kind === 'unknownData'))
    throw undecodable('unknownData')
  return read
}
