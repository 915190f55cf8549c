import process from 'node:process'
import { connectParent } from './connectParent.ts'
import { loadKeytar } from './keychain/loadKeytar.ts'
import { exitCodes, serveSigner } from './serveSigner.ts'

// A default handler would print the error, and with it perhaps a secret.
process.on('uncaughtException', () => process.exit(exitCodes.fault))
process.on('unhandledRejection', () => process.exit(exitCodes.fault))

serveSigner(connectParent(), { loadKeychain: loadKeytar, nowMs: () => Date.now() })
