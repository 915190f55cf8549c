import type { en } from './en/index.ts'

type Worded<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Worded<T[Key]> }

/** What every language must say: the English catalogue's keys, in its own words. */
export type Catalogue = Worded<typeof en>
/** One area of the catalogue. */
export type CatalogueArea<Area extends keyof typeof en> = Catalogue[Area]
