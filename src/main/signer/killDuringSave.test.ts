import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { vaultFileName } from '../../shared/contract/signer.ts'
import { runs } from '../../shared/testing/thoroughness.ts'
import { backupPathOf } from '../adapters/files/writeFileAtomically.ts'
import { type BundledProgram, bundleProgram } from '../testing/bundleProgram.ts'
import { createTestSigner, publishedPhrase, testPassword, utf8 } from './testing/createTestSigner.ts'
import { parseVaultFile } from './vault/vaultFile.ts'

let writer: BundledProgram
let folder: string
let path: string

beforeAll(async () => {
  writer = await bundleProgram(new URL('./testing/writeUntilKilled.ts', import.meta.url))
})
afterAll(() => writer?.remove())

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-kill-'))
  path = join(folder, vaultFileName)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Delays spread over the range without any two runs differing; a sequence of the golden ratio leaves no gaps. */
const spread = (round: number, rangeMs: number) => ((round * 0.618_034) % 1) * rangeMs

/** Starts the writer, kills it so long after it promised so many writes, and returns all that it had promised. */
async function writeAndKill(
  mode: 'create' | 'rename' | 'changePassword' | 'import',
  afterMs: number,
  afterPromises = 0,
): Promise<unknown[]> {
  const child = fork(writer.path, [folder, mode], { execArgv: [] })
  const promised: unknown[] = []
  child.on('message', (message) => {
    if (message !== 'ready') promised.push(message)
    const isDue = afterPromises === 0 ? message === 'ready' : promised.length === afterPromises
    if (isDue) setTimeout(() => child.kill('SIGKILL'), afterMs)
  })
  await once(child, 'exit')
  expect(child.signalCode === 'SIGKILL' || promised.includes('created')).toBe(true)
  return promised
}

async function createVault(): Promise<void> {
  await createTestSigner({ folder }).signer.vault.createFromPhrase({
    phrase: utf8(publishedPhrase),
    password: utf8(testPassword),
    protection: 'password',
    origin: 'imported',
  })
}

async function opensWith(password: string): Promise<boolean> {
  const { signer } = createTestSigner({ folder })
  return signer.vault.unlock({ password: utf8(password) }).then(
    () => true,
    () => false,
  )
}

describe('kill -9', () => {
  it('during saves never loses the vault, nor a save that was promised', async () => {
    await createVault()
    let saves = 0
    const rounds = runs(4)
    for (let round = 0; round < rounds; round++) {
      const promised = await writeAndKill('rename', spread(round, 20), round)
      const { signer } = createTestSigner({ folder })
      await signer.vault.unlock({ password: utf8(testPassword) })
      const name = Number((await signer.vault.listWallets())[0]?.accounts[0]?.name)
      const last = Number(promised.at(-1) ?? 0)
      // The one after the last promise may have made it too.
      if (last > 0) expect([last, last + 1]).toContain(name)
      saves += last
      await signer.vault.renameAccount({
        accountId: (await signer.vault.listWallets())[0]?.accounts[0]?.id ?? '',
        name: '0',
      })
      // The next start took away what the killed one left.
      expect((await readdir(folder)).filter((file) => file.endsWith('.tmp'))).toEqual([])
    }
    // One more was promised in each round than in the one before, however slow the machine is.
    expect(saves).toBeGreaterThanOrEqual((rounds * (rounds - 1)) / 2)
  })

  it('during imports never loses a wallet that was promised', async () => {
    for (let round = 0; round < runs(2); round++) {
      await rm(folder, { recursive: true, force: true })
      await createVault()
      const promised = await writeAndKill('import', spread(round, 60))
      const { signer } = createTestSigner({ folder })
      await signer.vault.unlock({ password: utf8(testPassword) })
      const imported = (await signer.vault.listWallets()).length - 1
      const last = Number(promised.at(-1) ?? 0)
      expect([last, last + 1]).toContain(imported)
    }
  })

  it('while the vault is made leaves none or a whole one', async () => {
    const outcomes = new Set<string>()
    const rounds = runs(4)
    for (let round = 0; round < rounds; round++) {
      await rm(folder, { recursive: true, force: true })
      // The first is killed at once, the last only if it never ends.
      const promised = await writeAndKill('create', round === rounds - 1 ? 60_000 : spread(round, 400))
      const status = await createTestSigner({ folder }).signer.vault.getStatus()
      outcomes.add(status.state)
      expect(['none', 'locked']).toContain(status.state)
      if (promised.includes('created')) expect(status.state).toBe('locked')
      if (status.state === 'locked') expect(await opensWith(testPassword)).toBe(true)
    }
    expect([...outcomes].sort()).toEqual(['locked', 'none'])
  })

  it('during changes of password leaves a vault that one of the two opens', async () => {
    for (let round = 0; round < runs(2); round++) {
      await rm(folder, { recursive: true, force: true })
      await createVault()
      const promised = await writeAndKill('changePassword', 100 + spread(round, 900))
      const current = String(promised.at(-1) ?? testPassword)
      const next = current === testPassword ? `${testPassword} again` : testPassword
      expect((await opensWith(current)) || (await opensWith(next))).toBe(true)
      // Whichever it is, the backup copy is whole too, where there is one.
      const backup = await readFile(backupPathOf(path)).catch(() => undefined)
      if (backup) parseVaultFile(backup)
    }
  })
})
