import { useLocale, useTranslations } from 'use-intl'
import type { MessageRequest } from '../../../shared/contract/messages.ts'
import { assertNever } from '../../../shared/errors/assertNever.ts'
import { shortenAddress } from '../../api/shortenAddress.ts'
import { formatExactAmount } from '../../design/formatAmount.ts'
import styles from './ApprovalScreen.module.css'
import { minimumForAll } from './minimumForAll.ts'

/** What a signature on this message means, in one sentence; where nobody can know, it says so. */
export function MessageSentence({ request }: { readonly request: MessageRequest }) {
  return <h2 className={styles.sentence}>{useSentence(request)}</h2>
}

function useSentence({ content }: MessageRequest): string {
  const t = useTranslations('approval.message')
  const locale = useLocale()
  switch (content.kind) {
    case 'text':
      return content.text === undefined ? t('bytes') : t('text')
    case 'typedData': {
      const { meaning } = content
      if (!meaning) return t('data', { type: content.primaryType })
      if (meaning.kind === 'limitOrder') {
        const write = ({ units, token }: typeof meaning.give) =>
          `${formatExactAmount(units, token.decimals, locale)} ${token.symbol}`
        return t('order', { give: write(meaning.give), receive: write(meaning.receive) })
      }
      const spender = meaning.spender.ownAccountName ?? shortenAddress(meaning.spender.address)
      const token = meaning.token?.symbol ?? shortenAddress(meaning.tokenAddress)
      if (meaning.units === undefined) return t('allowAll', { spender, token })
      // Without a token of a list there are no decimals that anybody vouches for.
      const amount = meaning.token
        ? formatExactAmount(meaning.units, meaning.token.decimals, locale)
        : String(meaning.units)
      return meaning.token
        ? t('allow', { spender, amount, token })
        : t('allowUnits', { spender, amount, token })
    }
    case 'delegation':
      return content.delegate ? t('delegate', { name: content.delegate.name }) : t('undelegate')
    case 'standingRule': {
      const { rule } = content
      const amount = `${formatExactAmount(rule.maximumUnits, rule.token.decimals, locale)} ${rule.token.symbol}`
      if (rule.swap) {
        const { buy } = rule.swap
        const minimum = `${formatExactAmount(minimumForAll(rule, rule.swap), buy.decimals, locale)} ${buy.symbol}`
        return t('ruleSwap', { amount, minimum })
      }
      return t('rule', { name: rule.name, amount, uses: rule.maximumUses })
    }
    default:
      return assertNever(content)
  }
}
