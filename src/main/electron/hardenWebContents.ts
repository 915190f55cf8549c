import { app, type Session, session } from 'electron'
import { appHost, appScheme } from './pages.ts'

/**
 * Applies to every page that will ever exist in the app: no navigation, no new window, no embedded view, no permission,
 * no request that leaves the app's own scheme.
 */
export function hardenWebContents(onDenied: (what: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      onDenied('navigation')
      event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => {
      onDenied('webview')
      event.preventDefault()
    })
    contents.setWindowOpenHandler(() => {
      onDenied('window')
      return { action: 'deny' }
    })
  })
}

/** Needs the app to be ready, because only then a session exists. */
export function hardenSession(target: Session = session.defaultSession): void {
  target.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  target.setPermissionCheckHandler(() => false)
  // The content security policy already forbids this; the second lock holds when a page escapes the first.
  target.webRequest.onBeforeRequest((details, callback) => {
    const url = new URL(details.url)
    const own = url.protocol === `${appScheme}:` && url.host === appHost
    callback({ cancel: !own && url.protocol !== 'devtools:' && url.protocol !== 'data:' })
  })
}
