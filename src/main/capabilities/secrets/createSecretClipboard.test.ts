import { describe, expect, it } from 'vitest'
import { createSecretClipboard, secretLifetimeMs } from './createSecretClipboard.ts'

function start() {
  let content = ''
  let due: (() => void) | undefined
  const secrets = createSecretClipboard({
    clipboard: {
      read: async () => content,
      async write(text) {
        content = text
      },
      clear() {
        content = ''
      },
    },
    nowMs: () => 1_000,
    after(delayMs, callback) {
      expect(delayMs).toBe(secretLifetimeMs)
      due = callback
      return () => {
        if (due === callback) due = undefined
      }
    },
  })
  return {
    secrets,
    content: () => content,
    copyElsewhere(text: string) {
      content = text
    },
    async minutePasses() {
      due?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
const bytes = (text: string) => new TextEncoder().encode(text)

describe('a secret on the clipboard', () => {
  it('is taken off after a minute, and its bytes at once', async () => {
    const { secrets, content, minutePasses } = start()
    const secret = bytes('legal winner')
    expect(await secrets.copy(secret)).toEqual({ clearsAtMs: 1_000 + secretLifetimeMs })
    expect(secret.every((byte) => byte === 0)).toBe(true)
    expect(content()).toBe('legal winner')
    await minutePasses()
    expect(content()).toBe('')
  })

  it('goes with the lock, and no timer is left', async () => {
    const { secrets, content, copyElsewhere, minutePasses } = start()
    await secrets.copy(bytes('legal winner'))
    await secrets.clear()
    expect(content()).toBe('')
    copyElsewhere('an address')
    await minutePasses()
    await secrets.clear()
    expect(content()).toBe('an address')
  })

  it('leaves alone what was copied since', async () => {
    const { secrets, content, copyElsewhere, minutePasses } = start()
    await secrets.copy(bytes('legal winner'))
    copyElsewhere('an address')
    await minutePasses()
    expect(content()).toBe('an address')
  })

  it('lasts a whole minute from its own copying', async () => {
    const { secrets, content, minutePasses } = start()
    await secrets.copy(bytes('first'))
    await secrets.copy(bytes('second'))
    expect(content()).toBe('second')
    await minutePasses()
    expect(content()).toBe('')
  })
})
