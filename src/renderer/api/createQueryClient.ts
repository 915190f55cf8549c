import { QueryClient } from '@tanstack/react-query'

/**
 * Answers stay until an event replaces them: the other side tells of every change, so nothing is asked twice.
 *
 * `networkMode: 'always'`, because the renderer has no network and the browser's idea of being offline means nothing here.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  })
}
