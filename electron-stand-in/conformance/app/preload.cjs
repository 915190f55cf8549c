const { contextBridge, ipcRenderer } = require('electron')

const received = []
contextBridge.exposeInMainWorld('bridge', {
  kind: 'main',
  nested: { platform: process.platform, sandboxed: process.sandboxed },
  bytes: new Uint8Array([1, 2, 3]),
  add: (a, b) => a + b,
  isSame: (a, b) => a === b,
  describe: (value) =>
    `${typeof value.big} ${value.bytes instanceof Uint8Array} ${value.map instanceof Map} ${value.error instanceof Error}`,
  identity: (value) => value,
  refuse: () => {
    throw new RangeError('refused')
  },
  callBack: (callback, value) => callback(value),
  later: async (value) => value,
  reject: async () => {
    throw new TypeError('later refused')
  },
  echo: (value) => ipcRenderer.invoke('echo', value),
  describeInMain: (value) => ipcRenderer.invoke('describe', value),
  fail: () => ipcRenderer.invoke('fail'),
  unknown: () => ipcRenderer.invoke('nobody handles this'),
  sendFunction: () => ipcRenderer.invoke('echo', () => {}),
  sender: () => ipcRenderer.invoke('sender'),
  notice: (value) => ipcRenderer.send('notice', value),
  subscribe: (channel, listener) => {
    const forward = (_event, value) => listener(value)
    ipcRenderer.on(channel, forward)
    return () => ipcRenderer.removeListener(channel, forward)
  },
  received: () => received,
  globals: () => [typeof require, typeof process, typeof module, typeof exports],
  exposeAgain: () => contextBridge.exposeInMainWorld('bridge', {}),
})
