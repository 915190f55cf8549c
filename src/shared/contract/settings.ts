import { z } from 'zod'
import { nothing } from './common.ts'
import { command, event, query } from './route.ts'

export const languages = ['en', 'ja', 'zh-Hant', 'zh-Hans'] as const
export const languageSchema = z.enum(languages)
export type Language = z.infer<typeof languageSchema>

export const referenceCurrencies = ['USD', 'EUR', 'JPY', 'GBP', 'CHF', 'HKD', 'CNY', 'SGD', 'TWD'] as const
export type ReferenceCurrency = (typeof referenceCurrencies)[number]

/** How it is decided which units were given away: those that came first, or a part of all alike. */
export const costMethods = ['fifo', 'average'] as const
export type CostMethod = (typeof costMethods)[number]

export const settingsSchema = z.strictObject({
  /** `system` follows the operating system's preference. */
  language: z.union([z.literal('system'), languageSchema]),
  theme: z.enum(['system', 'light', 'dark']),
  referenceCurrency: z.enum(referenceCurrencies),
  density: z.enum(['comfortable', 'compact']),
  /** Minutes without use after which the vault locks itself; 0 never does. */
  autoLockMinutes: z.int().min(0).max(1440),
  /** What a centralised exchange would charge the user for a trade, in hundredths of a percent: for comparison only. */
  exchangeFeeBps: z.int().min(0).max(1_000),
  /** The expert's way: what nobody can read may be signed after its bytes were shown and accepted. */
  signsUnknown: z.boolean(),
  costMethod: z.enum(costMethods),
})
export type Settings = z.infer<typeof settingsSchema>

export const settingsContract = {
  get: query(nothing, settingsSchema),
  update: command(settingsSchema.partial(), settingsSchema),
  changed: event(settingsSchema),
} as const
