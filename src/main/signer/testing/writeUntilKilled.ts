/**
 * A process that writes a vault over and over and tells its parent of every write that it was promised to be kept:
 *
 *   node writeUntilKilled.ts <folder> create | rename | changePassword | import
 */
import process from 'node:process'
import { createTestSigner, publishedPhrase, testPassword, utf8 } from './createTestSigner.ts'

const [folder = '', mode] = process.argv.slice(2)
const { vault } = createTestSigner({ folder }).signer
const tell = (message: unknown) => process.send?.(message)

async function create(): Promise<void> {
  tell('ready')
  await vault.createFromPhrase({
    phrase: utf8(publishedPhrase),
    password: utf8(testPassword),
    protection: 'password',
    origin: 'imported',
  })
  tell('created')
}

async function rename(): Promise<void> {
  await vault.unlock({ password: utf8(testPassword) })
  const accountId = (await vault.listWallets())[0]?.accounts[0]?.id ?? ''
  tell('ready')
  for (let count = 1; ; count++) {
    await vault.renameAccount({ accountId, name: String(count) })
    tell(count)
  }
}

async function changePassword(): Promise<void> {
  await vault.unlock({ password: utf8(testPassword) })
  tell('ready')
  let current = testPassword
  for (let count = 1; ; count++) {
    const next = count % 2 === 0 ? testPassword : `${testPassword} again`
    await vault.changePassword({ currentPassword: utf8(current), newPassword: utf8(next) })
    current = next
    tell(current)
  }
}

/** Imports keys for as long as it lives: each is one wallet more. */
async function importKeys(): Promise<void> {
  await vault.unlock({ password: utf8(testPassword) })
  tell('ready')
  for (let count = 1; ; count++) {
    await vault.importPrivateKey({ privateKey: utf8(count.toString(16).padStart(64, '0')) })
    tell(count)
  }
}

if (mode === 'import') await importKeys()
if (mode === 'create') await create()
if (mode === 'rename') await rename()
if (mode === 'changePassword') await changePassword()
