import { contextBridge } from 'electron'
import { createApi } from '../shared/contract/createApi.ts'
import { mainWindowContract } from '../shared/contract/windows.ts'
import { ipcTransport } from './ipcTransport.ts'

contextBridge.exposeInMainWorld('minato', createApi(mainWindowContract, ipcTransport))
