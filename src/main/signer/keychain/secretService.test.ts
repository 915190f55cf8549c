import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSecretService, type SecretService } from '../../../../scripts/withSecretService.ts'
import { runs } from '../../../shared/testing/thoroughness.ts'
import { createSignerClient, type SignerClient } from '../../adapters/signer/createSignerClient.ts'
import { type BundledProgram, bundleProgram } from '../../testing/bundleProgram.ts'
import { publishedPhrase, testPassword, utf8 } from '../testing/createTestSigner.ts'
import { startSignerChildProcess } from '../testing/startSignerChildProcess.ts'

/**
 * A real signer process, the real keytar, a real gnome-keyring on a private bus. Where the tools are missing these tests
 * fail and say what to install.
 */

const keychainService = 'minato-test'

let program: BundledProgram
let service: SecretService
let folder: string
const started: SignerClient[] = []

beforeAll(async () => {
  program = await bundleProgram(new URL('../testing/signerAtFloorCost.ts', import.meta.url))
})
afterAll(() => program?.remove())
beforeEach(async () => {
  service = await createSecretService()
  folder = await mkdtemp(join(tmpdir(), 'minato-secret-service-'))
})
afterEach(async () => {
  for (const client of started.splice(0)) client.stop()
  await service?.dispose()
  await rm(folder, { recursive: true, force: true })
})

/** Each one is a fresh process, as after a restart of the app: libsecret keeps its connection to the bus. */
function startClient(vaultFolder: string): SignerClient {
  const client = createSignerClient({
    start: () => startSignerChildProcess(program.path, service.environment),
    config: () => ({ vaultFolder, keychainService, chains: [], tokens: [] }),
  })
  started.push(client)
  return client
}

const startSigner = (vaultFolder = folder): SignerClient['vault'] => startClient(vaultFolder).vault

async function createVault(vaultFolder = folder): Promise<string> {
  const created = await startSigner(vaultFolder).createFromPhrase({
    phrase: utf8(publishedPhrase),
    password: utf8(testPassword),
    protection: 'keychain',
    origin: 'imported',
  })
  return new TextDecoder().decode(created.recoveryKit)
}

const unlock = (vault: SignerClient['vault'], recoveryKit?: string) =>
  vault.unlock({
    password: utf8(testPassword),
    ...(recoveryKit !== undefined && { recoveryKit: utf8(recoveryKit) }),
  })

async function runKeytar(script: string): Promise<string> {
  const program = `const { default: keytar } = await import('keytar'); ${script}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: service.environment,
    cwd: import.meta.dirname,
    timeout: 20_000,
  })
  return stdout.trim()
}

describe('with a Secret Service', () => {
  it('leaves no vault or one that opens, whenever it is killed while it makes one', async () => {
    await service.start()
    const outcomes = new Set<string>()
    const rounds = runs(4)
    for (let round = 0; round < rounds; round++) {
      const vaultFolder = join(folder, String(round))
      await mkdir(vaultFolder)
      const client = startClient(vaultFolder)
      const made = client.vault.createFromPhrase({
        phrase: utf8(publishedPhrase),
        password: utf8(testPassword),
        protection: 'keychain',
        origin: 'imported',
      })
      // The first is killed as it begins, the last when it has ended.
      if (round < rounds - 1) setTimeout(() => client.stop(), (round / (rounds - 1)) * 600)
      const isPromised = await made.then(
        () => true,
        () => false,
      )
      client.stop()
      const next = startSigner(vaultFolder)
      const { state } = await next.getStatus()
      outcomes.add(state)
      expect(['none', 'locked']).toContain(state)
      if (isPromised) expect(state).toBe('locked')
      if (state === 'locked') await unlock(next)
    }
    expect([...outcomes].sort()).toEqual(['locked', 'none'])
  })

  it('opens what it made, again after a restart of the daemon', async () => {
    await service.start()
    await createVault()
    const first = startSigner()
    expect(await first.getStatus()).toEqual({
      state: 'locked',
      protection: 'keychain',
      keychain: { state: 'available' },
    })
    await unlock(first)
    await service.stop()
    await service.start()
    await unlock(startSigner())
  })

  it('keeps two vaults apart', async () => {
    await service.start()
    const other = join(folder, 'other')
    await createVault()
    await createVault(other)
    await unlock(startSigner())
    await unlock(startSigner(other))
    expect(await runKeytar(`console.log((await keytar.findCredentials('${keychainService}')).length)`)).toBe(
      '2',
    )
  })

  it('says what is wrong when its entry is deleted or is another secret, and takes the kit', async () => {
    await service.start()
    const kit = await createVault()
    const forEach = (action: string) =>
      runKeytar(
        `for (const { account } of await keytar.findCredentials('${keychainService}')) await ${action}`,
      )
    await forEach(`keytar.setPassword('${keychainService}', account, '00'.repeat(32))`)
    await expect(unlock(startSigner())).rejects.toMatchObject({ code: 'keychain.mismatch' })
    await unlock(startSigner(), kit)
    await unlock(startSigner())

    await forEach(`keytar.deletePassword('${keychainService}', account)`)
    const vault = startSigner()
    expect(await vault.getStatus()).toMatchObject({ keychain: { state: 'unavailable', reason: 'locked' } })
    await expect(unlock(vault)).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    expect(await runKeytar(`console.log((await keytar.findCredentials('${keychainService}')).length)`)).toBe(
      '0',
    )
    await unlock(vault, kit)
    await unlock(startSigner())
  })
})

describe('with a keyring that is locked', () => {
  it('never takes it for empty', async () => {
    await service.start()
    const kit = await createVault()
    await service.lock()
    const vault = startSigner()
    await expect(unlock(vault)).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    // The kit opens the vault although the keychain cannot take the secret back.
    await unlock(vault, kit)

    // Another login password: the keyring stays locked after a restart.
    await service.stop()
    await service.start('another keyring password')
    await expect(unlock(startSigner())).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    await service.stop()
    await service.start()
    await unlock(startSigner())
  })

  it('makes no vault', async () => {
    await service.start()
    await runKeytar(`await keytar.setPassword('${keychainService}', 'makes the keyring', 'x')`)
    await service.lock()
    await expect(createVault()).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('with a keyring that was wiped', () => {
  it('opens with the kit, which repairs the keychain', async () => {
    await service.start()
    const kit = await createVault()
    await service.stop()
    await service.wipe()
    await service.start()
    await expect(unlock(startSigner())).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    await unlock(startSigner(), kit)
    await unlock(startSigner())
  })
})

describe('with no Secret Service', () => {
  it('says so at once, makes no vault, and opens with the kit', async () => {
    const none = startSigner()
    expect(await none.getStatus()).toEqual({
      state: 'none',
      keychain: { state: 'unavailable', reason: 'absent' },
    })
    await expect(createVault()).rejects.toMatchObject({ code: 'keychain.unavailable' })
    expect(await readdir(folder)).toEqual([])

    await service.start()
    const kit = await createVault()
    await service.stop()
    const vault = startSigner()
    expect(await vault.getStatus()).toMatchObject({ keychain: { state: 'unavailable', reason: 'absent' } })
    await expect(unlock(vault)).rejects.toMatchObject({
      code: 'keychain.unavailable',
      params: { reason: 'absent' },
    })
    await unlock(vault, kit)
  })

  it('says so without a D-Bus session too', async () => {
    const { DBUS_SESSION_BUS_ADDRESS: _address, ...environment } = service.environment
    const client = createSignerClient({
      start: () => startSignerChildProcess(program.path, environment),
      config: () => ({ vaultFolder: folder, keychainService, chains: [], tokens: [] }),
    })
    started.push(client)
    expect(await client.vault.getStatus()).toMatchObject({
      keychain: { state: 'unavailable', reason: 'absent' },
    })
  })
})

describe('with a Secret Service that is frozen', () => {
  it('gives up after five seconds, then at once, and works again when it thaws', async () => {
    await service.start()
    await createVault()
    const vault = startSigner()
    await vault.getStatus()
    service.freeze()
    const startedAt = performance.now()
    await expect(unlock(vault)).rejects.toMatchObject({ code: 'keychain.timeout', params: { seconds: 5 } })
    expect(performance.now() - startedAt).toBeGreaterThan(4_900)

    // That nobody waits twice is shown in createKeychain.test.ts, on a clock of its own.
    expect(await vault.getStatus()).toMatchObject({ keychain: { state: 'unavailable', reason: 'timeout' } })
    await expect(unlock(vault)).rejects.toMatchObject({ code: 'keychain.timeout' })

    service.thaw()
    await expect.poll(async () => (await vault.getStatus()).keychain).toEqual({ state: 'available' })
    await unlock(vault)
  })

  it('opens with the kit meanwhile, and ends when it is told to', async () => {
    await service.start()
    const kit = await createVault()
    service.freeze()
    const vault = startSigner()
    await unlock(vault, kit)
    expect(await vault.listWallets()).toHaveLength(1)
    const client = started.at(-1)
    const stopped = new Promise<void>((resolve) => client?.onStopped(resolve))
    client?.stop()
    await stopped
  })
})
