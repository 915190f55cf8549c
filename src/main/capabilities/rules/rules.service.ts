import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { RuleId, StandingRule } from '../../../shared/contract/rules.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'

/** The signer, as far as the list of standing rules needs it. */
export interface RuleSignerPort {
  list(): Promise<StandingRule[]>
  revoke(input: { ruleId: RuleId }): Promise<StandingRule[]>
}

export interface RulesDependencies {
  readonly signer: RuleSignerPort
  readonly onChanged: (rules: StandingRule[]) => void
}

export interface RulesService {
  readonly handlers: Handlers<typeof mainWindowContract>['rules']
}

/** What the user allowed once for many times: looked at and ended here, made in the approval window only, kept by the signer. */
export function createRulesService({ signer, onChanged }: RulesDependencies): RulesService {
  return {
    handlers: {
      list: () => signer.list(),
      async revoke({ ruleId }) {
        const rules = await signer.revoke({ ruleId })
        onChanged(rules)
        return rules
      },
    },
  }
}
