import type { AppPackage } from './readAppPackage.ts'

/** What is fixed once a start has been read: the app, its arguments, the folder the user started it from. */
export type LaunchContext = {
  readonly app: AppPackage
  readonly switches: ReadonlyMap<string, string>
  readonly argv: readonly string[]
}

let current: LaunchContext | undefined

/** Records the start; the `electron` module is a singleton per process, so this is one too. */
export function setLaunchContext(context: LaunchContext): void {
  current = context
}

/** The start that `setLaunchContext` recorded. */
export function getLaunchContext(): LaunchContext {
  if (current === undefined) throw new Error('the electron stand-in was loaded without its launcher')
  return current
}
