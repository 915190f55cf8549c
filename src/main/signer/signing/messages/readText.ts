import { bytesToHex, hashMessage } from 'viem/utils'
import type { MessageContent } from '../../../../shared/contract/messages.ts'
import { AppError } from '../../../../shared/errors/AppError.ts'
import type { ReadMessage } from './ReadMessage.ts'

const maximumBytes = 16_384

/** Letters, marks, digits, signs, spaces and line ends; no control or direction characters, which can hide or turn text. */
const readable = /^(?:[^\p{C}\p{Zl}\p{Zp}]|[\n\r\t])+$/u

/**
 * A message of EIP-191 (personal_sign): its prefix keeps it from ever being a transaction. What is no readable text is marked as
 * such, because nobody can know what they sign then.
 *
 * @throws AppError `signing.undecodable` when it is empty or longer than anybody would read.
 */
export function readText(message: Uint8Array): ReadMessage {
  if (message.length === 0) throw new AppError('signing.undecodable', { reason: 'empty' })
  if (message.length > maximumBytes) throw new AppError('signing.undecodable', { reason: 'tooLarge' })
  const hex = bytesToHex(message)
  const text = decode(message)
  const content: MessageContent = { kind: 'text', hex, ...(text !== undefined && { text }) }
  return {
    digest: hashMessage({ raw: hex }),
    content,
    dangers: text === undefined ? [{ kind: 'unknownData' }] : [],
  }
}

function decode(message: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(message)
    return readable.test(text) ? text : undefined
  } catch {
    return undefined
  }
}
