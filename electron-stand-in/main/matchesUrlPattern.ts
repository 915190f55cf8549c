/** Whether a URL matches one of the extension match patterns (`scheme://host/path` with `*`, `<all_urls>`). */
export function matchesUrlPattern(url: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    if (pattern === '<all_urls>') return true
    const parts = /^(\*|[a-z][a-z0-9+.-]*):\/\/([^/]*)(\/.*)?$/i.exec(pattern)
    if (parts === null) throw new Error(`Invalid url pattern ${pattern}`)
    const [, scheme = '', host = '', path = '/*'] = parts
    const [, urlScheme = '', urlHost = '', urlPath = ''] = /^([^:]+):\/\/([^/?#]*)([^#]*)/.exec(url) ?? []
    const schemeMatches = scheme === '*' ? /^(https?|wss?|ftp)$/.test(urlScheme) : scheme === urlScheme
    return schemeMatches && matchesHost(urlHost, host) && toRegExp(path).test(urlPath || '/')
  })
}

function matchesHost(urlHost: string, host: string): boolean {
  if (host === '*' || host === '') return host === '*' || urlHost === ''
  const name = host.includes(':') ? urlHost : urlHost.replace(/:\d+$/, '')
  if (host.startsWith('*.')) return name === host.slice(2) || name.endsWith(host.slice(1))
  return toRegExp(host).test(name)
}

const toRegExp = (glob: string): RegExp =>
  new RegExp(`^${glob.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
