import { refuseUnknownMembers } from '../unavailable.ts'

const JOINED = new Set(['enable-features', 'disable-features'])

/** `app.commandLine`: the switches of this start, and those that the app adds before it is ready. */
export class CommandLine {
  readonly #switches: Map<string, string>

  constructor(switches: ReadonlyMap<string, string>) {
    this.#switches = new Map(switches)
  }

  /** What Chromium is to be started with. */
  get switches(): ReadonlyMap<string, string> {
    return this.#switches
  }

  appendSwitch(name: string, value = ''): void {
    const present = this.#switches.get(name)
    this.#switches.set(name, JOINED.has(name) && present ? `${present},${value}` : String(value))
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name)
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? ''
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name)
  }
}

refuseUnknownMembers(CommandLine, 'app.commandLine')
