import { useTranslations } from 'use-intl'
import { type ChartRange, chartRanges } from '../api/chartRanges.ts'
import { SegmentedChoice } from '../design/SegmentedChoice.tsx'

interface RangeChoiceProps {
  readonly value: ChartRange
  readonly onChange: (range: ChartRange) => void
}

/** Which time a chart shows. */
export function RangeChoice({ value, onChange }: RangeChoiceProps) {
  const t = useTranslations('price.history')
  const ranges = Object.keys(chartRanges) as ChartRange[]
  return (
    <SegmentedChoice
      label={t('range')}
      value={value}
      options={ranges.map((range) => ({ value: range, label: t(`ranges.${range}`) }))}
      onChange={onChange}
    />
  )
}
