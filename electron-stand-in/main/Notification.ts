import { EventEmitter } from 'node:events'
import type { NotificationConstructorOptions } from 'electron'
import { refuseUnknownMembers } from '../unavailable.ts'

/** Electron's `Notification` on a system without notifications: it says so, and shows nothing. */
export class Notification extends EventEmitter {
  title: string
  body: string
  silent: boolean

  constructor({ title = '', body = '', silent = false }: NotificationConstructorOptions = {}) {
    super()
    this.title = title
    this.body = body
    this.silent = silent
  }

  static isSupported(): boolean {
    return false
  }

  show(): void {}
  close(): void {}
}

refuseUnknownMembers(Notification, 'Notification')
