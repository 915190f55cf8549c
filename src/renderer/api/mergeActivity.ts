import type { InfiniteData } from '@tanstack/react-query'
import type { Activity } from '../../shared/contract/activity.ts'

interface ActivityPage {
  readonly items: Activity[]
  readonly nextCursor?: string | undefined
}
export type ActivityPages = InfiniteData<ActivityPage, unknown>

/**
 * Puts a changed entry in the place of its former self, or a new one where its time belongs; no entry is ever shown twice. What is set
 * aside as suspicious, and what is older than the last page that was read, is left to be asked for.
 */
export function mergeActivity(pages: ActivityPages, entry: Activity): ActivityPages {
  const isKnown = pages.pages.some((page) => page.items.some((item) => item.id === entry.id))
  if (isKnown) {
    return {
      ...pages,
      pages: pages.pages.map((page) => ({
        ...page,
        items: page.items.map((item) => (item.id === entry.id ? entry : item)),
      })),
    }
  }
  if (entry.suspicion) return pages
  const isAfter = (item: Activity) => item.createdAtMs <= entry.createdAtMs
  const target = pages.pages.findIndex((page) => page.nextCursor === undefined || page.items.some(isAfter))
  return {
    ...pages,
    pages: pages.pages.map((page, index) => {
      if (index !== target) return page
      const place = page.items.findIndex(isAfter)
      return {
        ...page,
        items: place < 0 ? [...page.items, entry] : page.items.toSpliced(place, 0, entry),
      }
    }),
  }
}
