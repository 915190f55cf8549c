import type { BrowserWindow, BrowserWindowConstructorOptions, UtilityProcess } from 'electron'

/** What the fixture's preload exposes to its page. */
export type Bridge = {
  kind: string
  nested: { platform: string; sandboxed: boolean }
  bytes: Uint8Array
  add(a: number, b: number): number
  describe(value: object): string
  identity<T>(value: T): T
  refuse(): never
  callBack<T>(callback: (value: T) => T, value: T): T
  later<T>(value: T): Promise<T>
  reject(): Promise<never>
  echo<T>(value: T): Promise<T>
  describeInMain(value: object): Promise<Record<string, unknown>>
  fail(): Promise<never>
  unknown(): Promise<never>
  sendFunction(): Promise<never>
  sender(): Promise<Sender>
  notice(value: unknown): void
  subscribe(channel: string, listener: (value: unknown) => void): () => void
  globals(): string[]
  exposeAgain(): void
}

/** Who called, as the main process sees it. */
export type Sender = {
  url: string
  origin: string
  isTop: boolean
  isMainFrame: boolean
  contentsId: number
  windowId: number
}

/** Something that happened in the fixture's main process. */
export type FixtureEvent = { name: string } & Record<string, unknown>

/** What the fixture's main process leaves for tests on its global object. */
export type Fixture = {
  events: FixtureEvent[]
  requests: { url: string; method: string }[]
  messages: Record<string, unknown>[]
  child: UtilityProcess
  deny: boolean
  openWindow(
    page: string,
    preload: string,
    options?: BrowserWindowConstructorOptions,
  ): { window: BrowserWindow; loaded: Promise<void> }
  startUtility(): void
}

declare global {
  // Of the page that a test evaluates in.
  var bridge: Bridge
  var second: { sender(): Promise<Sender> }
  // Of the main process that a test evaluates in.
  var fixture: Fixture
}
