import { useCallback } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { ReadingValue } from '../../../../shared/contract/readings.ts'
import { assertNever } from '../../../../shared/errors/assertNever.ts'
import { shortenAddress } from '../../../api/shortenAddress.ts'
import { formatExactAmount, formatInteger } from '../../../design/formatAmount.ts'
import { usePhrase } from '../../../i18n/phrases/usePhrase.ts'
import { useWriteSigned } from '../useWriteSigned.ts'

const longestHex = 42

/** Writes a value of a call or a message as one would say it in a sentence. */
export function useWriteValue(): (value: ReadingValue) => string {
  const t = useTranslations('approval.reading')
  const phrase = usePhrase()
  const format = useFormatter()
  const locale = useLocale()
  const write = useWriteSigned()
  return useCallback(
    (value) => {
      switch (value.kind) {
        case 'amount': {
          const { units, token, tokenAddress, message } = value
          const symbol = token?.symbol ?? (tokenAddress ? shortenAddress(tokenAddress) : '')
          if (message !== undefined) return `${phrase(message)} ${symbol}`
          // Without a token of a list there are no decimals that anybody vouches for.
          return token ? write(units, token) : t('unitsOf', { units: formatInteger(units, locale), symbol })
        }
        case 'address':
          return value.name ?? shortenAddress(value.address)
        case 'nft':
          return t('piece', {
            id: String(value.id),
            collection: value.name ?? shortenAddress(value.collection),
          })
        case 'date':
          return format.dateTime(value.atMs, { dateStyle: 'medium', timeStyle: 'short' })
        case 'never':
          return t('never')
        case 'block':
          return t('block', { number: formatInteger(value.number, locale) })
        case 'duration':
          return writeDuration(value.seconds)
        case 'unit':
          return writeUnit(value, locale)
        case 'text':
          return phrase(value.text)
        case 'integer':
          return formatInteger(value.value, locale)
        case 'boolean':
          return value.value ? t('yes') : t('no')
        case 'bytes':
          return value.hex.length <= longestHex ? value.hex : `${value.hex.slice(0, longestHex)}…`
        case 'chain':
          return value.name ?? t('chain', { id: String(value.chainId) })
        case 'call':
          return value.reading ? phrase(value.reading.intent) : t('unknownCall')
        default:
          return assertNever(value)
      }
    },
    [t, phrase, format, locale, write],
  )
}

/** Hours, minutes and seconds, as ERC-7730 writes them. */
function writeDuration(seconds: bigint): string {
  const two = (value: bigint) => String(value).padStart(2, '0')
  return `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`
}

const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const

function writeUnit(
  { value, decimals, base, prefix }: Extract<ReadingValue, { kind: 'unit' }>,
  locale: string,
): string {
  const digits = (value < 0n ? -value : value).toString()
  // The power of a thousand that leaves one to three digits before the separator.
  const power = prefix
    ? Math.min(prefixes.length - 1, Math.max(0, Math.floor((digits.length - decimals - 1) / 3)))
    : 0
  return `${formatExactAmount(value, decimals + power * 3, locale)}${prefixes[power]}${base}`
}
