import { useTranslations } from 'use-intl'
import type { RouteLimits, SwapVenue } from '../../../shared/contract/swaps.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Field } from '../../design/Field.tsx'
import { Select } from '../../design/Select.tsx'
import styles from './RouteOptions.module.css'

interface RouteOptionsProps {
  readonly limits: RouteLimits
  readonly isLocked: boolean
  readonly onChange: (changes: { readonly route: RouteLimits }) => void
}

const venues = [
  'uniswapV2',
  'uniswapV3',
  'uniswapV4',
  'balancerStable',
  'balancerWeighted',
  'curve',
  'erc4626',
] as const satisfies readonly SwapVenue[]
const hopChoices = [1, 2, 3, 4]
const legChoices = [1, 2, 4, 8]

/** What a route may be, for who wants less than everything: fewer pools, or not these. */
export function RouteOptions({ limits, isLocked, onChange }: RouteOptionsProps) {
  const t = useTranslations('swap.limits')
  const tv = useTranslations('swap.venues')
  const excluded = limits.excludedVenues ?? []
  const count = excluded.length + (limits.maxHops ? 1 : 0) + (limits.maxLegs ? 1 : 0)
  const choose = (key: 'maxHops' | 'maxLegs', choices: readonly number[]) => (
    <Field label={t(key)}>
      {(control) => (
        <Select
          {...control}
          value={limits[key] ?? ''}
          onChange={(event) => {
            const { [key]: _, ...others } = limits
            const text = event.currentTarget.value
            onChange({ route: text === '' ? others : { ...others, [key]: Number(text) } })
          }}
        >
          <option value="">{t('any')}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
  return (
    <details className={styles.options}>
      <summary>{count === 0 ? t('title') : t('titleSet', { count })}</summary>
      <fieldset className={styles.fields} disabled={isLocked}>
        <div className={styles.pair}>
          {choose('maxHops', hopChoices)}
          {choose('maxLegs', legChoices)}
        </div>
        <fieldset className={styles.venues}>
          <legend>{t('venues')}</legend>
          {venues.map((venue) => (
            <Checkbox
              key={venue}
              isChecked={!excluded.includes(venue)}
              isDisabled={isLocked}
              onChange={(isChecked) => {
                const others = excluded.filter((other) => other !== venue)
                onChange({ route: { ...limits, excludedVenues: isChecked ? others : [...others, venue] } })
              }}
            >
              {tv(venue)}
            </Checkbox>
          ))}
        </fieldset>
        <p className={styles.note}>{t('note')}</p>
        {count > 0 && (
          <Button size="small" variant="quiet" onClick={() => onChange({ route: {} })}>
            {t('clear')}
          </Button>
        )}
      </fieldset>
    </details>
  )
}
