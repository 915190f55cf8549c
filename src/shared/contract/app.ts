import { z } from 'zod'
import { nothing } from './common.ts'
import { command, query } from './route.ts'

export const appInfoSchema = z.strictObject({
  version: z.string(),
  platform: z.string(),
  /** `stand-in` runs on a plain browser instead of Electron, which is never for real funds. */
  host: z.enum(['electron', 'stand-in']),
  /** A published practice wallet exists on the local chain that this app was started with. */
  practiceAvailable: z.boolean(),
  /** BCP 47 tags in the user's order of preference. */
  systemLanguages: z.array(z.string()),
})
export type AppInfo = z.infer<typeof appInfoSchema>

export const appContract = {
  getInfo: query(nothing, appInfoSchema),
  /** The user touched a key or the pointer: puts off the automatic lock. */
  noteActivity: command(nothing, nothing),
} as const
