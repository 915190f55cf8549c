import type { RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { pathTemplates } from '../../../shared/contract/vault.ts'
import { Field } from '../../design/Field.tsx'
import { Select } from '../../design/Select.tsx'
import { TextInput } from '../../design/TextInput.tsx'

export const pathStyles = ['bip44', 'ledgerLive', 'legacyMew', 'custom'] as const
export type PathStyle = (typeof pathStyles)[number]

interface PathStyleFieldsProps {
  readonly style: PathStyle
  readonly customRef: RefObject<HTMLInputElement | null>
  readonly isWrong: boolean
  readonly onStyle: (style: PathStyle) => void
}

/** How a wallet counts its addresses. */
export function PathStyleFields({ style, customRef, isWrong, onStyle }: PathStyleFieldsProps) {
  const t = useTranslations('accounts.paths')
  return (
    <>
      <Field label={t('label')} hint={t('hint')}>
        {(control) => (
          <Select
            {...control}
            value={style}
            onChange={(event) =>
              onStyle(pathStyles.find((name) => name === event.currentTarget.value) ?? 'bip44')
            }
          >
            {pathStyles.map((name) => (
              <option key={name} value={name}>
                {t(name)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {style === 'custom' && (
        <Field
          label={t('customLabel')}
          hint={t('customHint', { example: pathTemplates.bip44 })}
          error={isWrong ? t('customWrong', { example: pathTemplates.bip44 }) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              ref={customRef}
              isMono
              defaultValue={pathTemplates.bip44}
              maxLength={100}
            />
          )}
        </Field>
      )}
    </>
  )
}

/** The template of a style; as typed for a custom one, with typographic apostrophes made plain. */
export function templateOf(style: PathStyle, custom: HTMLInputElement | null): string {
  return style === 'custom' ? (custom?.value ?? '').trim().replaceAll(/[’′h]/g, "'") : pathTemplates[style]
}

/** Whether it can be a template: numbers, hardened or not, and one place for the account's number. */
export function checkTemplate(template: string): boolean {
  return /^m(?:\/(?:\d{1,10}|\{index\})'?){1,9}$/.test(template) && template.split('{index}').length === 2
}
