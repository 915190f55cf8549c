import { useTranslations } from 'use-intl'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import { assertNever } from '../../../shared/errors/assertNever.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { shortenAddress } from '../../api/shortenAddress.ts'
import styles from './ApprovalScreen.module.css'
import { useReadingSentence } from './reading/useReadingSentence.ts'
import { useWriteSigned } from './useWriteSigned.ts'

/** What will happen, in one sentence, with every digit of the amount. */
export function RequestSentence({ request }: { readonly request: SigningRequest }) {
  const t = useTranslations('approval')
  const write = useWriteSigned()
  const sentenceOf = useReadingSentence()
  const { intent } = request
  switch (intent.kind) {
    case 'nativeTransfer':
    case 'tokenTransfer':
      // A payment of nothing to oneself does one thing: it uses up its number.
      if (intent.units === 0n && isSameAddress(intent.to.address, request.from.address)) {
        return <h2 className={styles.sentence}>{t('cancelSentence', { nonce: String(request.nonce) })}</h2>
      }
      return (
        <h2 className={styles.sentence}>
          {t('sentence', {
            amount: write(intent.units, intent.token),
            recipient: intent.to.ownAccountName ?? shortenAddress(intent.to.address),
          })}
        </h2>
      )
    case 'multiSend':
      return (
        <h2 className={styles.sentence}>
          {t('multiSendSentence', {
            amount: write(intent.units, intent.token),
            count: intent.payments.length,
          })}
        </h2>
      )
    case 'swap':
      return (
        <h2 className={styles.sentence}>
          {t(intent.order ? 'order.fillSentence' : 'swapSentence', {
            sell: write(intent.maximumSold, intent.sell),
            buy: write(intent.minimumBought, intent.buy),
          })}
        </h2>
      )
    case 'allowance': {
      const amount = write(intent.units, intent.token)
      return (
        <h2 className={styles.sentence}>
          {intent.units === 0n
            ? t('order.endAllowance', { spender: intent.spender.name, token: intent.token.symbol })
            : t('order.allow', { spender: intent.spender.name, amount })}
        </h2>
      )
    }
    case 'cancelOrders':
      return (
        <h2 className={styles.sentence}>
          {intent.orderHashes
            ? t('order.cancel', { count: intent.orderHashes.length })
            : t('order.cancelAll')}
        </h2>
      )
    case 'delegation':
      return (
        <h2 className={styles.sentence}>
          {intent.delegate ? t('message.delegate', { name: intent.delegate.name }) : t('message.undelegate')}
        </h2>
      )
    case 'call':
      return (
        <h2 className={styles.sentence}>
          {intent.reading
            ? sentenceOf(intent.reading)
            : t('reading.unknown', {
                contract:
                  intent.contractName === '' ? shortenAddress(intent.to.address) : intent.contractName,
              })}
        </h2>
      )
    case 'revocation':
      return <h2 className={styles.sentence}>{t('revocationSentence', { count: intent.rights.length })}</h2>
    default:
      return assertNever(intent)
  }
}
