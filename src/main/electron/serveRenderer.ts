import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'
import { appHost, appScheme } from './pages.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Must run before the app is ready: Electron fixes a scheme's rights at start. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: false } },
  ])
}

/** Serves the built renderer from its folder, with the policy on every answer. */
export function serveRenderer(folder: string): void {
  protocol.handle(appScheme, async (request) => {
    const url = new URL(request.url)
    const file = url.host === appHost ? resolveInside(folder, url.pathname) : undefined
    const contentType = file && contentTypes[extname(file)]
    if (request.method !== 'GET' || !file || !contentType) return notFound()
    try {
      return new Response(await readFile(file), { headers: headers(contentType) })
    } catch {
      return notFound()
    }
  })
}

/** The file that a path names, or undefined when it would leave the folder. */
export function resolveInside(folder: string, pathname: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (decoded.includes('\0')) return undefined
  const root = normalize(folder + sep)
  const file = normalize(join(root, decoded))
  return file.startsWith(root) && file !== root ? file : undefined
}

function headers(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), hid=(), serial=()',
  }
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: headers('text/plain; charset=utf-8') })
}
