import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { SwapChannel, SwapQuote } from '../../../shared/contract/swaps.ts'
import styles from './ChannelTable.module.css'

interface ChannelTableProps {
  readonly channels: SwapQuote['mev']['channels']
  readonly chosen: SwapChannel
  readonly onChoose: (channel: SwapChannel) => void
}

/** The ways to send a trade, side by side: who sees it, what a failure costs, whether it can be withdrawn, how long it takes. */
export function ChannelTable({ channels, chosen, onChoose }: ChannelTableProps) {
  const t = useTranslations('swap.protection')
  const name = useId()
  return (
    <table className={styles.table} aria-label={t('channel')}>
      <thead>
        <tr>
          <th scope="col">{t('channel')}</th>
          <th scope="col">{t('columns.seen')}</th>
          <th scope="col">{t('columns.failure')}</th>
          <th scope="col">{t('columns.cancel')}</th>
          <th scope="col">{t('columns.refund')}</th>
          <th scope="col">{t('columns.delay')}</th>
        </tr>
      </thead>
      <tbody>
        {channels.map((option) => (
          <tr key={option.channel} data-chosen={option.channel === chosen || undefined}>
            <th scope="row">
              <label className={styles.way}>
                <input
                  type="radio"
                  name={name}
                  className={styles.radio}
                  checked={option.channel === chosen}
                  onChange={() => onChoose(option.channel)}
                />
                <span>
                  {t(`ways.${option.channel === 'public' ? nameOfPublic(option.kind) : option.channel}`)}
                  {option.operator !== undefined && (
                    <span className={styles.operator}> {t('through', { operator: option.operator })}</span>
                  )}
                </span>
              </label>
            </th>
            <td>{t(`seen.${option.channel === 'custom' ? 'custom' : option.kind}`)}</td>
            <td>{t(option.paysForFailure ? 'paysFailure' : 'freeFailure')}</td>
            <td>{t(option.canCancel ? 'yes' : 'no')}</td>
            <td>{t(option.sharesProfit === undefined ? 'unknown' : option.sharesProfit ? 'yes' : 'no')}</td>
            <td>{t('about', { seconds: Math.max(1, Math.round(option.usualSeconds)) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const nameOfPublic = (kind: SwapQuote['mev']['channels'][number]['kind']) =>
  kind === 'sequencer' ? 'sequencer' : 'mempool'
