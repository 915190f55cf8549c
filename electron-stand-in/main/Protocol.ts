import { refuseUnknownMembers, UnavailableError } from '../unavailable.ts'
import { app } from './app.ts'
import { addScheme, isCustomScheme } from './schemes.ts'

type CustomScheme = {
  readonly scheme: string
  readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean }
}

/** Answers a request for a custom scheme. */
export type ProtocolHandler = (request: Request) => Response | Promise<Response>

/** Electron's `protocol`, for standard, secure custom schemes. */
export class Protocol {
  readonly #handlers = new Map<string, ProtocolHandler>()

  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure) {
        throw new UnavailableError(`the scheme ${scheme}, not being both standard and secure,`)
      }
      addScheme(scheme)
    }
  }

  handle(scheme: string, handler: ProtocolHandler): void {
    if (!isCustomScheme(scheme))
      throw new UnavailableError(`protocol.handle for ${scheme}, not registered as privileged,`)
    if (this.#handlers.has(scheme)) throw new Error(`The scheme has been intercepted: ${scheme}`)
    this.#handlers.set(scheme, handler)
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme)
  }

  /** Stand-in internals: the handler of a scheme. */
  findHandler(scheme: string): ProtocolHandler | undefined {
    return this.#handlers.get(scheme)
  }
}

refuseUnknownMembers(Protocol, 'protocol')

/** Electron's `protocol`: the default session's. */
export const protocol = new Protocol()
