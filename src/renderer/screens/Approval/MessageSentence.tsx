import { useTranslations } from 'use-intl'
import type { MessageRequest } from '../../../shared/contract/messages.ts'
import { assertNever } from '../../../shared/errors/assertNever.ts'
import styles from './ApprovalScreen.module.css'
import { minimumForAll } from './minimumForAll.ts'
import { useReadingSentence } from './reading/useReadingSentence.ts'
import { useWriteSigned } from './useWriteSigned.ts'

/** What a signature on this message means, in one sentence; where nobody can know, it says so. */
export function MessageSentence({ request }: { readonly request: MessageRequest }) {
  return <h2 className={styles.sentence}>{useSentence(request)}</h2>
}

function useSentence({ content }: MessageRequest): string {
  const t = useTranslations('approval.message')
  const write = useWriteSigned()
  const sentenceOf = useReadingSentence()
  switch (content.kind) {
    case 'text':
      return content.text === undefined ? t('bytes') : t('text')
    case 'typedData': {
      const { meaning, reading } = content
      if (meaning) {
        const { give, receive } = meaning
        return t('order', {
          give: write(give.units, give.token),
          receive: write(receive.units, receive.token),
        })
      }
      return reading ? sentenceOf(reading) : t('data', { type: content.primaryType })
    }
    case 'delegation':
      return content.delegate ? t('delegate', { name: content.delegate.name }) : t('undelegate')
    case 'descriptor':
      return t('descriptor', { owner: content.descriptor.owner })
    case 'standingRule': {
      const { rule } = content
      const amount = write(rule.maximumUnits, rule.token)
      if (rule.swap) {
        const { buy } = rule.swap
        const minimum = write(minimumForAll(rule, rule.swap), buy)
        return t('ruleSwap', { amount, minimum })
      }
      return t('rule', { name: rule.name, amount, uses: rule.maximumUses })
    }
    default:
      return assertNever(content)
  }
}
