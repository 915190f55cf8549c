import { useTranslations } from 'use-intl'
import {
  type ColourChoice as Chosen,
  colourChoiceSchema,
  type LabelColour,
} from '../../../shared/contract/vault.ts'
import { ColourChoice } from '../../design/ColourChoice.tsx'

interface LabelColourChoiceProps {
  readonly value: LabelColour | undefined
  readonly onChange: (colour: Chosen) => void
}

/** The colour by which a wallet or an account is told from the others. */
export function LabelColourChoice({ value, onChange }: LabelColourChoiceProps) {
  const t = useTranslations('accounts.account')
  return (
    <ColourChoice
      label={t('colour')}
      value={value ?? 'none'}
      options={colourChoiceSchema.options.map((colour) => ({ value: colour, label: t(`colours.${colour}`) }))}
      onChange={onChange}
    />
  )
}
