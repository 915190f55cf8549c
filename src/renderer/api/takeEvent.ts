import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Takes a whole new answer. One that is still on its way is older than the event, and would overwrite it. */
export function takeEvent<Data>(client: QueryClient, queryKey: QueryKey, data: Data): void {
  void client.cancelQueries({ queryKey, exact: true })
  client.setQueryData(queryKey, data)
}
