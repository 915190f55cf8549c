import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors/AppError.ts'
import { toSafeText } from '../../../shared/text/toSafeText.ts'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** Values that the caller vouches for. Objects are not taken, so that nothing is logged for merely being inside something. */
export type SafeFields = Readonly<Record<string, string | number | bigint | boolean | undefined>>

export interface Logger {
  debug(event: string, fields?: SafeFields): void
  info(event: string, fields?: SafeFields): void
  warn(event: string, fields?: SafeFields): void
  error(event: string, fields?: SafeFields): void
}

export interface LoggerOptions {
  readonly folder: string
  readonly level: LogLevel
  readonly nowMs: () => number
  /** Size at which the file is set aside as `minato.1.log`; one older file is kept. */
  readonly maxBytes?: number
}

/**
 * Logs one JSON object a line to `minato.log`. Values that look like a recovery phrase, a private key or an URL's secret parts are
 * masked even when passed: the second line of defence, not the first.
 *
 * A log that cannot be written is dropped: it must never stop the wallet.
 */
export function createLogger(options: LoggerOptions): Logger {
  const file = join(options.folder, 'minato.log')
  const maxBytes = options.maxBytes ?? 2_000_000
  const threshold = logLevels.indexOf(options.level)
  let size = 0
  try {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 })
    size = statSync(file).size
  } catch {
    size = 0
  }

  function write(level: LogLevel, event: string, fields: SafeFields): void {
    if (logLevels.indexOf(level) < threshold) return
    const entry: Record<string, unknown> = { time: new Date(options.nowMs()).toISOString(), level, event }
    for (const [key, value] of Object.entries(fields)) {
      if (value === undefined) continue
      entry[key] =
        typeof value === 'string'
          ? maskSecrets(key, value)
          : typeof value === 'bigint'
            ? value.toString()
            : value
    }
    const line = `${JSON.stringify(entry)}\n`
    try {
      if (size + line.length > maxBytes) {
        renameSync(file, join(options.folder, 'minato.1.log'))
        size = 0
      }
      appendFileSync(file, line, { mode: 0o600 })
      size += Buffer.byteLength(line)
    } catch {
      size = 0
    }
  }

  return {
    debug: (event, fields = {}) => write('debug', event, fields),
    info: (event, fields = {}) => write('info', event, fields),
    warn: (event, fields = {}) => write('warn', event, fields),
    error: (event, fields = {}) => write('error', event, fields),
  }
}

/** What may be logged of something thrown: its code, or its class; never its message, which may quote a request. */
export function describeThrown(thrown: unknown): SafeFields {
  if (thrown instanceof AppError) return { code: thrown.code }
  return { code: 'internal', errorName: thrown instanceof Error ? thrown.name : typeof thrown }
}

const hash = /(?:0x)?[0-9a-fA-F]{64,}/g
const words = /\b(?:[a-z]{3,8}[\s,]+){11,}[a-z]{3,8}\b/gi
const url = /\b(https?|wss?):\/\/\S+/gi

function maskSecrets(key: string, value: string): string {
  let text = toSafeText(value, 300).replace(words, '[masked words]')
  // A private key and a transaction hash look alike; only fields that say they are a hash may hold one.
  if (!/hash$/i.test(key)) text = text.replace(hash, '[masked bytes]')
  return text.replace(url, (match) => {
    try {
      const { protocol, host } = new URL(match)
      return `${protocol}//${host}/…`
    } catch {
      return '[masked url]'
    }
  })
}
