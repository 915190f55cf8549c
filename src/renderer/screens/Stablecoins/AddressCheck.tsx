import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Address, addressSchema, type ChainId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'

interface AddressCheckProps {
  readonly coin: { readonly chainId: ChainId; readonly address: Address }
  readonly symbol: string
}

/** Whether the issuer has frozen any address: of somebody who shall be paid, or who shall pay. */
export function AddressCheck({ coin, symbol }: AddressCheckProps) {
  const t = useTranslations('stablecoins.check')
  const errorText = useErrorText()
  const [text, setText] = useState('')
  const parsed = addressSchema.safeParse(text.trim())
  const { data, error } = useQuery({
    ...queries.coinAddress(coin, parsed.data ?? coin.address),
    enabled: parsed.success,
  })
  const isWrong = text.trim().length >= 42 && !parsed.success
  return (
    <>
      <Field
        label={t('label')}
        error={isWrong ? errorText({ code: 'address.invalid', params: {} }) : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            isMono
            maxLength={60}
            placeholder="0x…"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {data && parsed.success && (
        <Notice tone={data.rule ? 'attention' : 'safe'} role="status">
          {data.rule
            ? errorText({
                code: 'asset.transferRefused',
                params: { rule: data.rule, symbol, words: 'none' },
              })
            : t('free', { symbol })}
        </Notice>
      )}
    </>
  )
}
