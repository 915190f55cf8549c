import { useLocale, useTranslations } from 'use-intl'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import { Address, GroupedHex } from '../../design/Address.tsx'
import { Amount } from '../../design/Amount.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatExactAmount, formatInteger } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import styles from './ApprovalScreen.module.css'
import { encodeHex } from './encodeHex.ts'

/** Everything that the bytes say. Addresses stand in full, because an attacker only has to match their ends. */
export function RequestFacts({ request }: { readonly request: SigningRequest }) {
  const t = useTranslations('approval')
  const locale = useLocale()
  const { intent, from, nativeToken, chainName, chainId } = request
  const { token, to, units } = intent
  const exactly = (amount: bigint, of: typeof token) => (
    <strong>
      {formatExactAmount(amount, of.decimals, locale)} {of.symbol}
    </strong>
  )
  return (
    <>
      {token.source === 'contract' && (
        <Notice tone="caution">{t('onlyContractSays', { symbol: token.symbol })}</Notice>
      )}
      <Facts
        rows={[
          { term: t('amount'), detail: exactly(units, token) },
          {
            term: t('to'),
            detail: (
              <Address address={to.address} name={to.ownAccountName} nameFrom="account" canCopy={false} />
            ),
            isWide: true,
          },
          {
            term: t('from'),
            detail: (
              <Address address={from.address} name={from.ownAccountName} nameFrom="account" canCopy={false} />
            ),
            isWide: true,
          },
          ...(token.ref.address === 'native'
            ? []
            : [
                {
                  term: t('tokenContract'),
                  detail: <Address address={token.ref.address} name={token.name} canCopy={false} />,
                  isWide: true,
                },
              ]),
          { term: t('maximumFee'), detail: exactly(request.maximumFee, nativeToken) },
          {
            term: t('network'),
            detail: (
              <>
                <strong>{chainName}</strong> · {t('chainId', { id: String(chainId) })}
              </>
            ),
          },
        ]}
      />
      <details className={styles.details}>
        <summary>{t('technical')}</summary>
        <Facts
          rows={[
            { term: t('nonce'), detail: String(request.nonce) },
            { term: t('gasLimit'), detail: formatInteger(request.gasLimit, locale) },
            { term: t('maxFeePerGas'), detail: <Gwei wei={request.maxFeePerGas} /> },
            { term: t('tip'), detail: <Gwei wei={request.maxPriorityFeePerGas} /> },
            { term: t('digest'), detail: <GroupedHex hex={request.digest} />, isWide: true },
            {
              term: t('raw'),
              detail: <code className={styles.raw}>{encodeHex(request.rawTransaction)}</code>,
              isWide: true,
            },
          ]}
        />
      </details>
    </>
  )
}

function Gwei({ wei }: { readonly wei: bigint }) {
  return <Amount units={wei} decimals={9} symbol="gwei" maximumFractionDigits={9} />
}
