import { z } from 'zod'
import { nothing, secretBytesSchema, timestampMsSchema } from './common.ts'
import { command, query } from './route.ts'

export const appInfoSchema = z.strictObject({
  version: z.string(),
  platform: z.string(),
  /** `stand-in` runs on a plain browser instead of Electron, which is never for real funds. */
  host: z.enum(['electron', 'stand-in']),
  /** A published practice wallet exists on the local chain that this app was started with. */
  practiceAvailable: z.boolean(),
  /** Path of the vault on this machine, which a recovery kit opens on another one. */
  vaultFile: z.string(),
  /** BCP 47 tags in the user's order of preference. */
  systemLanguages: z.array(z.string()),
})
export type AppInfo = z.infer<typeof appInfoSchema>

const fileNameSchema = z
  .string()
  .max(120)
  .regex(/^[^/\\:*?"<>|]+$/)
  .refine((name) => !name.startsWith('.'))

export const appContract = {
  getInfo: query(nothing, appInfoSchema),
  /** The user touched a key or the pointer: puts off the automatic lock. */
  noteActivity: command(nothing, nothing),
  /** Puts a secret (UTF-8) on the clipboard, and takes it off after a minute unless something else is there by then. */
  copySecret: command(
    z.strictObject({ secret: secretBytesSchema }),
    z.strictObject({ clearsAtMs: timestampMsSchema }),
  ),
  /** While a secret is on the screen the window is kept out of screenshots and recordings, where the system can. */
  setSecretShown: command(z.strictObject({ isShown: z.boolean() }), nothing),
  /** Tells the user through the system, also while the window is hidden; clicking it brings the window forward. */
  notify: command(z.strictObject({ title: z.string().min(1).max(120), body: z.string().max(400) }), nothing),
  /** Asks the user where to, and writes there: a file that only its owner can read. The content is overwritten. */
  saveFile: command(
    z.strictObject({ suggestedName: fileNameSchema, content: z.instanceof(Uint8Array) }),
    z.strictObject({ isSaved: z.boolean() }),
  ),
  /** The same with what the window has marked for paper, as PDF. */
  savePdf: command(
    z.strictObject({ suggestedName: fileNameSchema }),
    z.strictObject({ isSaved: z.boolean() }),
  ),
} as const
