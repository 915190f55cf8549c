import { randomUUID } from 'node:crypto'

/** An identifier that cannot be guessed (RFC 9562 version 4). */
export function makeId(): string {
  return randomUUID()
}
