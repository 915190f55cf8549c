import { useTranslations } from 'use-intl'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { Address, GroupedHex } from '../../design/Address.tsx'
import { Facts } from '../../design/Facts.tsx'
import { useExactAmount } from './useExactAmount.tsx'

interface OrderContractFactsProps {
  readonly intent: Extract<SigningIntent, { kind: 'allowance' | 'cancelOrders' }>
}

/** What the contract of signed orders may take, or which orders it will not fill any more. */
export function OrderContractFacts({ intent }: OrderContractFactsProps) {
  const t = useTranslations('approval')
  const exactly = useExactAmount()
  if (intent.kind === 'allowance') {
    const { token, units, spender } = intent
    return (
      <Facts
        rows={[
          { term: t('order.mayTake'), detail: exactly(units, token) },
          {
            term: t('order.spender'),
            detail: <Address address={spender.address} name={spender.name} canCopy={false} />,
            isWide: true,
          },
        ]}
      />
    )
  }
  const { contract, orderHashes = [] } = intent
  return (
    <Facts
      rows={[
        {
          term: t('through'),
          detail: <Address address={contract.address} name={contract.name} canCopy={false} />,
          isWide: true,
        },
        ...orderHashes.map((hash) => ({
          term: t('order.hash'),
          detail: <GroupedHex hex={hash} />,
          isWide: true,
        })),
      ]}
    />
  )
}
