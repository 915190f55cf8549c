const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('second', { sender: () => ipcRenderer.invoke('sender') })
