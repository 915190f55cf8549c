import { useMemo, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { SwapLeg } from '../../../shared/contract/swaps.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import { formatBps, formatPips } from '../../parts/formatTokenAmount.ts'
import { nameVenue } from '../../parts/nameVenue.ts'
import { useElementWidth } from '../../parts/useElementWidth.ts'
import { layoutRoute, type RouteBox } from './layoutRoute.ts'
import styles from './RouteFlow.module.css'

const margin = 2

/** The route as a flow from left to right: streams as thick as what runs through them. Read out, it is a list of its pools. */
export function RouteFlow({ legs }: { readonly legs: readonly SwapLeg[] }) {
  const t = useTranslations('swap.route')
  const tv = useTranslations('swap.venues')
  const locale = useLocale()
  const ref = useRef<HTMLElement>(null)
  const width = useElementWidth(ref, 640)
  const layout = useMemo(
    () =>
      layoutRoute(
        legs.map(({ venue, tokenIn, tokenOut, shareBps }) => ({
          from: tokenKey(tokenIn.ref),
          to: tokenKey(tokenOut.ref),
          shareBps,
          isPassage: venue === 'weth',
        })),
        width - 2 * margin,
      ),
    [legs, width],
  )
  const symbols = new Map(
    legs.flatMap(({ tokenIn, tokenOut }) =>
      [tokenIn, tokenOut].map((token) => [tokenKey(token.ref), token.symbol] as const),
    ),
  )
  const feeOf = (leg: SwapLeg) => (leg.feePips === 0 ? t('noFee') : formatPips(leg.feePips, locale))
  const describe = (leg: SwapLeg) =>
    t('leg', {
      share: formatBps(leg.shareBps, locale),
      from: leg.tokenIn.symbol,
      venue: nameVenue(leg, tv),
      to: leg.tokenOut.symbol,
      fee: feeOf(leg),
      impact: formatBps(leg.impactBps, locale),
    })
  const drawPool = (box: RouteBox) => {
    const leg = legs[Number(box.id)]
    if (!leg) return null
    const isWhole = leg.shareBps === 10_000
    return (
      <>
        <text className={styles.venue} x={box.x + box.width / 2} y={box.y + 19}>
          {nameVenue(leg, tv)}
        </text>
        <text className={styles.figures} x={box.x + box.width / 2} y={box.y + 36}>
          {isWhole ? feeOf(leg) : `${formatBps(leg.shareBps, locale)} · ${feeOf(leg)}`}
        </text>
        {leg.venue !== 'weth' && (
          <text className={styles.figures} x={box.x + box.width / 2} y={box.y + 52}>
            {t('legImpact', { impact: formatBps(leg.impactBps, locale) })}
          </text>
        )}
      </>
    )
  }
  return (
    <figure
      ref={ref}
      className={styles.frame}
      // A long route scrolls, and must do so by keyboard as well.
      tabIndex={layout.width > width ? 0 : undefined}
      aria-label={t('drawing')}
    >
      <svg
        width={layout.width + 2 * margin}
        height={layout.height + 2 * margin}
        viewBox={`${-margin} ${-margin} ${layout.width + 2 * margin} ${layout.height + 2 * margin}`}
        className={styles.drawing}
        data-tight={layout.isTight || undefined}
        aria-hidden="true"
      >
        {layout.streams.map((stream) => (
          <path key={stream.id} d={stream.path} strokeWidth={stream.width} className={styles.stream} />
        ))}
        {layout.boxes.map((box) => (
          <g key={`${box.kind}${box.id}`}>
            <rect
              x={box.x}
              y={box.y}
              width={box.width}
              height={box.height}
              rx={box.kind === 'token' ? box.height / 2 : 8}
              className={styles[box.kind]}
            />
            {box.kind === 'pool' ? (
              drawPool(box)
            ) : (
              <text className={styles.symbol} x={box.x + box.width / 2} y={box.y + box.height / 2 + 5}>
                {clip(symbols.get(box.id) ?? '', layout.isTight ? 6 : 8)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <ol className="visually-hidden">
        {legs.map((leg) => (
          <li key={leg.poolId}>{describe(leg)}</li>
        ))}
      </ol>
    </figure>
  )
}

/** A symbol as long as its box allows. */
function clip(symbol: string, length: number): string {
  const characters = [...symbol]
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : symbol
}
