import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { OrderPreview, OrderRequest } from '../../../shared/contract/orders.ts'
import { type Failure, unwrapResult } from '../../../shared/errors/Result.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queryKeys } from '../../api/queryKeys.ts'
import { useDebounced } from '../../parts/useDebounced.ts'

interface PreviewState {
  /** The last answer, also while a newer one is on its way. */
  readonly preview: OrderPreview | undefined
  /** Whether it answers the ticket as it stands. */
  readonly isCurrent: boolean
  readonly error: unknown
  readonly askAgain: () => void
}

const settleMs = 300
/** A preview speaks of the newest block. */
const renewMs = 4_000

/** What the order on the ticket would do, kept up with the chain until `isPaused`. */
export function useOrderPreview(request: OrderRequest | undefined, isPaused: boolean): PreviewState {
  const question = request && JSON.stringify(request)
  const settled = useDebounced(question, settleMs)
  const { data, error, isPlaceholderData, refetch } = useQuery<OrderPreview, Failure>({
    queryKey: [...queryKeys.orderPreview, settled],
    queryFn: async () => {
      if (!request) throw new Error('Asked without an order')
      return unwrapResult(await mainApi().orders.preview(request))
    },
    enabled: settled !== undefined && settled === question && !isPaused,
    refetchInterval: renewMs,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  return {
    preview: question === undefined ? undefined : data,
    isCurrent: data !== undefined && !isPlaceholderData && !error && settled === question,
    error: settled === question && question !== undefined ? (error ?? undefined) : undefined,
    askAgain: () => void refetch(),
  }
}
