import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { app, BrowserWindow, ipcMain, protocol, session, utilityProcess } from 'electron'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'; worker-src 'self'; frame-src app:; base-uri 'none'; form-action 'self'"
const CONTENT_TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const root = import.meta.dirname + sep

/** What happened, in order, for the tests to read. */
const events = []
const record = (name, details = {}) => events.push({ name, ...details })
const requests = []
globalThis.fixture = { events, requests, child: undefined, messages: [], deny: true }

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
const isFirst = app.requestSingleInstanceLock({ from: process.pid })
app.on('second-instance', (_event, argv, workingDirectory, data) => {
  record('second-instance', { argv, workingDirectory, data })
})
for (const name of ['before-quit', 'will-quit', 'quit']) {
  app.on(name, () => {
    record(name)
    console.log(`event: ${name}`)
  })
}
app.on('window-all-closed', () => {
  record('window-all-closed')
  console.log('event: window-all-closed')
  if (!process.argv.includes('--stay')) app.quit()
})
app.on('child-process-gone', (_event, details) => record('child-process-gone', { details }))
app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', (event) => {
    record('will-navigate', { url: event.url })
    if (globalThis.fixture.deny) event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    record('window-open', { url })
    return { action: 'deny' }
  })
})

ipcMain.handle('echo', (_event, value) => value)
ipcMain.handle('describe', (_event, value) => ({
  big: typeof value.big,
  bytes: value.bytes.constructor.name,
  date: value.date instanceof Date,
  map: value.map instanceof Map,
  set: value.set instanceof Set,
  error: value.error instanceof TypeError,
  cycle: value.cycle.self === value.cycle,
}))
ipcMain.handle('fail', () => {
  throw new TypeError('refused')
})
ipcMain.handle('sender', ({ senderFrame, sender }) => ({
  url: senderFrame.url,
  origin: senderFrame.origin,
  isTop: senderFrame.parent === null,
  isMainFrame: senderFrame === sender.mainFrame,
  contentsId: sender.id,
  windowId: BrowserWindow.fromWebContents(sender)?.id,
}))
ipcMain.on('notice', (event, value) => {
  record('notice', { value })
  event.reply('reply', value)
})

async function serve(request) {
  requests.push({ url: request.url, method: request.method })
  const url = new URL(request.url)
  const file = normalize(join(root, decodeURIComponent(url.pathname)))
  const type = CONTENT_TYPES[extname(file)]
  if (url.host !== 'fixture' || !file.startsWith(root) || type === undefined) {
    return new Response('not here', { status: 404, headers: { 'content-type': 'text/plain' } })
  }
  try {
    const headers = { 'content-type': type, 'content-security-policy': POLICY, 'x-fixture': 'yes' }
    return new Response(await readFile(file), { headers })
  } catch {
    return new Response('not here', { status: 404, headers: { 'content-type': 'text/plain' } })
  }
}

function openWindow(page, preload, options = {}) {
  const window = new BrowserWindow({
    width: 640,
    height: 480,
    show: false,
    ...options,
    webPreferences: {
      preload: join(root, preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  })
  for (const name of ['ready-to-show', 'show', 'close', 'closed']) {
    window.on(name, () => {
      record(name, { page })
      console.log(`event: ${name}`)
    })
  }
  window.once('ready-to-show', () => window.show())
  return { window, loaded: window.loadURL(`app://fixture/${page}`) }
}

function startUtility() {
  const child = utilityProcess.fork(join(root, 'utility.js'), ['argument'], {
    serviceName: 'fixture',
    env: { ...process.env, FIXTURE: 'given' },
    stdio: 'pipe',
  })
  globalThis.fixture.child = child
  child.on('spawn', () => record('spawn'))
  child.on('exit', (code) => record('exit', { code }))
  child.on('message', (message) => globalThis.fixture.messages.push(message))
  child.stdout?.on('data', (data) => record('stdout', { text: String(data) }))
}

Object.assign(globalThis.fixture, { openWindow, startUtility })

if (!isFirst) {
  console.log('event: not-first')
  app.quit()
} else {
  app.whenReady().then(async () => {
    protocol.handle('app', serve)
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
    session.defaultSession.setPermissionCheckHandler(() => false)
    session.defaultSession.webRequest.onBeforeRequest((details, callback) => {
      callback({ cancel: details.url.endsWith('/cancelled.js') })
    })
    await openWindow('index.html', 'preload.cjs').loaded
  })
}
