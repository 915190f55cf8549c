// Chromium's protocol cannot add a scheme of its own, so `app://bundle/x` is shown to it as
// `https://bundle.app.localhost/x`: a secure context with an origin, where content security policies hold.

const registered = new Set<string>()

/** Makes a custom scheme known to the address translation. */
export function addScheme(scheme: string): void {
  registered.add(scheme)
}

export function isCustomScheme(scheme: string): boolean {
  return registered.has(scheme)
}

/** The scheme of a URL, without its colon; empty when it has none. */
export function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
}

/** The address that Chromium is given for an app's URL. */
export function toChromiumUrl(url: string): string {
  const [, scheme = '', host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  return registered.has(scheme.toLowerCase())
    ? `https://${host}.${scheme.toLowerCase()}.localhost${rest || '/'}`
    : url
}

/** The app's URL behind an address of Chromium's. */
export function fromChromiumUrl(url: string): string {
  const [, host, scheme = '', rest] =
    /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.localhost(?![\w.:-])(.*)$/is.exec(url) ?? []
  return registered.has(scheme) ? `${scheme}://${host}${rest}` : url
}

/** The origin of an app's URL as Electron serialises it: standard custom schemes have one. */
export function originOf(url: string): string {
  const [, scheme = '', host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(url) ?? []
  if (registered.has(scheme.toLowerCase())) return `${scheme.toLowerCase()}://${host}`
  return URL.canParse(url) ? new URL(url).origin : 'null'
}

/** A content security policy with its custom schemes put as Chromium knows them. */
export function toChromiumPolicy(policy: string): string {
  return policy
    .split(/(\s+|;)/)
    .map((token) => {
      const scheme = schemeOf(token)
      if (!registered.has(scheme)) return token
      return /^[^:]+:$/.test(token)
        ? `https://*.${scheme}.localhost`
        : toChromiumUrl(token).replace(/\/$/, '')
    })
    .join('')
}
