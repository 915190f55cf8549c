import { EventEmitter } from 'node:events'
import { createUnavailableModule, refuseUnknownMembers, UnavailableError } from '../unavailable.ts'
import { protocol } from './Protocol.ts'
import { WebRequest } from './WebRequest.ts'

/**
 * Electron's default session. Chromium is started to deny every permission without asking, so the permission
 * handlers are accepted and never called: what they would grant stays denied.
 */
export class Session extends EventEmitter {
  readonly protocol = protocol
  readonly webRequest = new WebRequest()

  setPermissionRequestHandler(_handler: unknown): void {}
  setPermissionCheckHandler(_handler: unknown): void {}
  setDevicePermissionHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}
  setSpellCheckerEnabled(_enabled: boolean): void {}

  isPersistent(): boolean {
    return false
  }
}

refuseUnknownMembers(Session, 'session')

const defaultSession = new Session()

/** Electron's `session`: the default session; partitions are not available. */
export const session = {
  Session,
  defaultSession,
  fromPartition: (partition: string): Session => {
    if (partition === '') return defaultSession
    throw new UnavailableError(`session.fromPartition('${partition}')`)
  },
  fromPath: createUnavailableModule('session.fromPath'),
}
