import { useLocale, useTranslations } from 'use-intl'
import type { TransactionApproval } from '../../../shared/contract/approvals.ts'
import type { AccessList, SigningRequest } from '../../../shared/contract/signing.ts'
import { convertValue } from '../../../shared/money/computeValue.ts'
import { Address, GroupedHex } from '../../design/Address.tsx'
import { Amount } from '../../design/Amount.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { formatFiat } from '../../design/formatFiat.ts'
import styles from './ApprovalScreen.module.css'
import { CallFacts } from './CallFacts.tsx'
import { DelegationFacts } from './DelegationFacts.tsx'
import { encodeHex } from './encodeHex.ts'
import { MultiSendFacts } from './MultiSendFacts.tsx'
import { OrderContractFacts } from './OrderContractFacts.tsx'
import { RevocationFacts } from './RevocationFacts.tsx'
import { SwapFacts } from './SwapFacts.tsx'
import { TransferFacts } from './TransferFacts.tsx'
import { useExactAmount } from './useExactAmount.tsx'

interface RequestFactsProps {
  readonly request: SigningRequest
  readonly claims: Pick<TransactionApproval['claims'], 'maximumFeeUsd' | 'rate'>
}

/** Everything that the bytes say. Addresses stand in full, because an attacker only has to match their ends. */
export function RequestFacts({ request, claims }: RequestFactsProps) {
  const t = useTranslations('approval')
  const locale = useLocale()
  const exactly = useExactAmount()
  const fee =
    claims.rate && claims.maximumFeeUsd !== undefined
      ? convertValue(claims.maximumFeeUsd, claims.rate.usd)
      : claims.maximumFeeUsd
  const { intent, from, nativeToken, chainName, chainId, preparations = [], accessList = [] } = request
  return (
    <>
      {intent.kind === 'swap' && <SwapFacts intent={intent} preparations={preparations} />}
      {(intent.kind === 'allowance' || intent.kind === 'cancelOrders') && (
        <OrderContractFacts intent={intent} />
      )}
      {intent.kind === 'call' && <CallFacts intent={intent} nativeToken={nativeToken} />}
      {intent.kind === 'multiSend' && <MultiSendFacts intent={intent} />}
      {intent.kind === 'revocation' && <RevocationFacts rights={intent.rights} />}
      {intent.kind === 'delegation' && <DelegationFacts delegate={intent.delegate} />}
      {(intent.kind === 'nativeTransfer' || intent.kind === 'tokenTransfer') && (
        <TransferFacts intent={intent} />
      )}
      <Facts
        rows={[
          {
            term: t('from'),
            detail: (
              <Address address={from.address} name={from.ownAccountName} nameFrom="account" canCopy={false} />
            ),
            isWide: true,
          },
          {
            term: t('maximumFee'),
            detail: (
              <>
                {exactly(request.maximumFee, nativeToken)}
                {fee !== undefined && (
                  <span className={styles.worth}>
                    {' '}
                    {formatFiat(fee, { currency: claims.rate?.currency ?? 'USD', locale })}
                  </span>
                )}
              </>
            ),
          },
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
        {[...preparations, request].map((transaction) => (
          <Facts
            key={transaction.nonce}
            rows={[
              { term: t('nonce'), detail: String(transaction.nonce) },
              { term: t('gasLimit'), detail: formatInteger(transaction.gasLimit, locale) },
              { term: t('maxFeePerGas'), detail: <Gwei wei={transaction.maxFeePerGas} /> },
              { term: t('tip'), detail: <Gwei wei={transaction.maxPriorityFeePerGas} /> },
              {
                term: t('raw'),
                detail: <code className={styles.raw}>{encodeHex(transaction.rawTransaction)}</code>,
                isWide: true,
              },
            ]}
          />
        ))}
        {accessList.length > 0 && (
          <Facts
            rows={[{ term: t('accessList'), detail: <AccessListEntries list={accessList} />, isWide: true }]}
          />
        )}
        <Facts rows={[{ term: t('digest'), detail: <GroupedHex hex={request.digest} />, isWide: true }]} />
      </details>
    </>
  )
}

function AccessListEntries({ list }: { readonly list: AccessList }) {
  return (
    <ul>
      {list.map(({ address, storageKeys }) => (
        <li key={[address, ...storageKeys].join()}>
          <Address address={address} canCopy={false} />
          {storageKeys.map((key) => (
            <GroupedHex key={key} hex={key} />
          ))}
        </li>
      ))}
    </ul>
  )
}

function Gwei({ wei }: { readonly wei: bigint }) {
  return <Amount units={wei} decimals={9} symbol="gwei" maximumFractionDigits={9} />
}
