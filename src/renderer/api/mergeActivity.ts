import type { InfiniteData } from '@tanstack/react-query'
import type { Activity } from '../../shared/contract/activity.ts'

interface ActivityPage {
  readonly items: Activity[]
  readonly nextCursor?: string | undefined
}
export type ActivityPages = InfiniteData<ActivityPage, unknown>

/** Puts a changed entry in the place of its former self, or a new one at the top; no entry is ever shown twice. */
export function mergeActivity(pages: ActivityPages, entry: Activity): ActivityPages {
  const isKnown = pages.pages.some((page) => page.items.some((item) => item.id === entry.id))
  return {
    ...pages,
    pages: pages.pages.map((page, index) => ({
      ...page,
      items: isKnown
        ? page.items.map((item) => (item.id === entry.id ? entry : item))
        : index === 0
          ? [entry, ...page.items]
          : page.items,
    })),
  }
}
