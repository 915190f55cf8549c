import { refuseUnknownMembers } from '../unavailable.ts'

/** Electron's `clipboard`, for text, within this process: the system's own clipboard stays as it is. */
class Clipboard {
  #text = ''

  writeText(text: string): void {
    this.#text = String(text)
  }

  readText(): string {
    return this.#text
  }

  clear(): void {
    this.#text = ''
  }

  availableFormats(): string[] {
    return this.#text === '' ? [] : ['text/plain']
  }
}

refuseUnknownMembers(Clipboard, 'clipboard')

/** Electron's `clipboard`. */
export const clipboard = new Clipboard()
