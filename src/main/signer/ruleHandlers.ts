import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { signerContract } from '../../shared/contract/signer.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { Queue } from './memory/createQueue.ts'
import { saveContent } from './operations/saveContent.ts'
import type { VaultContext } from './vaultContext.ts'

/** The list of standing rules, and its end of each; they begin in `messageHandlers.ts`, with an approval. */
export function createRuleHandlers(
  context: VaultContext,
  inTurn: Queue,
): Handlers<typeof signerContract>['rules'] {
  const { session } = context
  return {
    list: () => [...session.content().rules],
    revoke: ({ ruleId }) =>
      inTurn(async () => {
        const { rules } = session.content()
        if (!rules.some(({ id }) => id === ruleId)) throw new AppError('rule.missing')
        const revokedAtMs = context.nowMs()
        const next = rules.map((rule) =>
          rule.id === ruleId && rule.revokedAtMs === undefined ? { ...rule, revokedAtMs } : rule,
        )
        await saveContent(context, { rules: next }, 'renewed')
        return next
      }),
  }
}
