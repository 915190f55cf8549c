import { utilityProcess } from 'electron'
import type { SignerProcess } from '../adapters/signer/createSignerClient.ts'
import { forbidCoreDumps } from './forbidCoreDumps.ts'

/**
 * Starts the signer as Electron's utility process, with nothing of the environment but what the keychain needs.
 *
 * @param onDumpable told when a crash of the signer could leave a core dump
 */
export function forkSigner(modulePath: string, onDumpable: (thrown: unknown) => void): SignerProcess {
  const child = utilityProcess.fork(modulePath, [], {
    serviceName: 'Minato signer',
    env: keychainEnvironment(),
    stdio: 'ignore',
  })
  child.once('spawn', () => {
    if (child.pid !== undefined) forbidCoreDumps(child.pid).catch(onDumpable)
  })
  return {
    postMessage: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  }
}

/** Variables by which libsecret finds the session's keychain; the rest of the environment is none of the signer's business. */
function keychainEnvironment(): Record<string, string> {
  const names = [
    'DBUS_SESSION_BUS_ADDRESS',
    'DISPLAY',
    'HOME',
    'LANG',
    'PATH',
    'SystemRoot',
    'XDG_RUNTIME_DIR',
  ]
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
