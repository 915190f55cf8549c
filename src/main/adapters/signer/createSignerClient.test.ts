import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { channelOf } from '../../../shared/contract/route.ts'
import { startSignerChildProcess } from '../../signer/testing/startSignerChildProcess.ts'
import { createSignerClient, type SignerClient, type SignerProcess } from './createSignerClient.ts'

const signerFolder = join(import.meta.dirname, '..', '..', 'signer')
const signerModule = join(signerFolder, 'index.ts')
/** What opens and makes vaults in it does so many times faster. */
const signerAtFloorCost = join(signerFolder, 'testing', 'signerAtFloorCost.ts')
const utf8 = (text: string) => new TextEncoder().encode(text)
const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow'

/** A process that does only what the test makes it do. */
function createScriptedProcess() {
  const received: unknown[] = []
  let tell = (_message: unknown) => {}
  let exit = () => {}
  let isKilled = false
  const signerProcess: SignerProcess = {
    postMessage: (message) => received.push(structuredClone(message)),
    onMessage(listener) {
      tell = listener
    },
    onExit(listener) {
      exit = listener
    },
    kill() {
      isKilled = true
    },
  }
  return {
    signerProcess,
    received,
    tell: (message: unknown) => tell(message),
    exit: () => exit(),
    isKilled: () => isKilled,
  }
}

const config = { vaultFolder: '/nowhere', keychainService: 'minato-test', chains: [], tokens: [] }

describe('createSignerClient over a scripted process', () => {
  function createScripted() {
    const processes: ReturnType<typeof createScriptedProcess>[] = []
    const onFault = vi.fn()
    const client = createSignerClient({
      start: () => {
        const scripted = createScriptedProcess()
        processes.push(scripted)
        return scripted.signerProcess
      },
      config: () => config,
      timeouts: { keyDerivationMs: 60, otherMs: 20 },
      onFault,
    })
    return { client, processes, onFault }
  }

  it('starts with the first call, sends the configuration first, and joins replies to their calls', async () => {
    const { client, processes } = createScripted()
    expect(processes).toHaveLength(0)
    const first = client.session.ping()
    const second = client.session.ping()
    const [scripted] = processes
    expect(processes).toHaveLength(1)
    const channel = channelOf('session', 'ping')
    expect(scripted?.received).toEqual([
      config,
      { id: 1, channel, input: undefined },
      { id: 2, channel, input: undefined },
    ])
    scripted?.tell({ id: 2, result: { ok: true, value: { pid: 22 } } })
    scripted?.tell({ id: 2, result: { ok: true, value: { pid: 23 } } })
    scripted?.tell({ id: 1, result: { ok: true, value: { pid: 21 } } })
    expect([await first, await second]).toEqual([{ pid: 21 }, { pid: 22 }])
  })

  it('throws failures as what they were', async () => {
    const { client, processes } = createScripted()
    const call = client.vault.listWallets()
    processes[0]?.tell({
      id: 1,
      result: { ok: false, error: { code: 'vault.locked', params: { a: 1n }, retryable: false } },
    })
    await expect(call).rejects.toMatchObject({ code: 'vault.locked', params: { a: 1n } })
  })

  it('overwrites secrets once they are posted, and sends no memory around them', async () => {
    const { client, processes } = createScripted()
    const surrounding = utf8('other secrets, password, other secrets')
    const password = surrounding.subarray(15, 23)
    const call = client.vault.unlock({ password }).catch(() => {})
    expect([...password].every((byte) => byte === 0)).toBe(true)
    const sent = processes[0]?.received[1] as { input: { password: Uint8Array } }
    expect(new TextDecoder().decode(sent.input.password)).toBe('password')
    expect(sent.input.password.buffer.byteLength).toBe(8)
    await call
  })

  it('leaves transactions as they are', async () => {
    const { client } = createScripted()
    const transaction = Uint8Array.of(2, 1)
    await client.signing.request({ accountId: 'a' as never, transaction }).catch(() => {})
    expect(transaction).toEqual(Uint8Array.of(2, 1))
  })

  it('gives up in time, later for calls that derive keys, and ends the process then', async () => {
    const { client, processes } = createScripted()
    const startedAt = performance.now()
    const other = client.session.ping()
    await expect(other).rejects.toMatchObject({ code: 'request.timeout', retryable: true })
    expect(processes[0]?.isKilled()).toBe(false)
    await expect(client.vault.unlock({ password: utf8('password') })).rejects.toMatchObject({
      code: 'request.timeout',
    })
    expect(performance.now() - startedAt).toBeGreaterThan(75)
    // It might still open the vault one day, when everybody takes it for locked.
    expect(processes[0]?.isKilled()).toBe(true)
  })

  it('fails what is under way when the process ends, tells it, and starts another', async () => {
    const { client, processes } = createScripted()
    const stopped = vi.fn()
    const unsubscribe = client.onStopped(stopped)
    const calls = [client.session.ping(), client.vault.listWallets()]
    processes[0]?.exit()
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'signer.stopped' })
    expect(stopped).toHaveBeenCalledTimes(1)

    const again = client.session.ping()
    expect(processes).toHaveLength(2)
    // The first one's death throes concern nobody any more.
    processes[0]?.tell({ id: 3, result: { ok: true, value: { pid: 1 } } })
    processes[0]?.exit()
    processes[1]?.tell({ id: 3, result: { ok: true, value: { pid: 2 } } })
    expect(await again).toEqual({ pid: 2 })
    unsubscribe()
    client.stop()
    expect(processes[1]?.isKilled()).toBe(true)
    expect(stopped).toHaveBeenCalledTimes(1)
  })

  it('ends a process that speaks another language', async () => {
    for (const nonsense of [null, 'hello', { id: 1 }, { id: 1, result: { ok: true, value: 1, more: 2 } }]) {
      const { client, processes } = createScripted()
      const call = client.session.ping()
      processes[0]?.tell(nonsense)
      await expect(call).rejects.toMatchObject({ code: 'signer.stopped' })
      expect(processes[0]?.isKilled()).toBe(true)
    }
  })

  it('passes on where a bug is', () => {
    const { client, processes, onFault } = createScripted()
    void client.session.ping().catch(() => {})
    const fault = { channel: 'c', name: 'TypeError', frames: ['at x'] }
    processes[0]?.tell({ fault })
    expect(onFault).toHaveBeenCalledWith(fault)
  })
})

describe('createSignerClient over the real process', () => {
  let folder: string
  let client: SignerClient | undefined

  const startClient = (module: string) => {
    const started = createSignerClient({
      start: () => startSignerChildProcess(module, { PATH: process.env.PATH }),
      config: () => ({ ...config, vaultFolder: folder }),
    })
    client = started
    return started
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minato-signer-client-'))
  })
  afterEach(async () => {
    client?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('runs apart, survives its death locked, and crosses bytes and failures', async () => {
    const client = startClient(signerAtFloorCost)
    const { pid } = await client.session.ping()
    expect(pid).not.toBe(process.pid)
    expect(await client.vault.getStatus()).toMatchObject({ state: 'none' })
    const draft = await client.vault.draftPhrase({ words: 12 })
    expect(new TextDecoder().decode(draft.phrase).split(' ')).toHaveLength(12)
    await client.vault.createFromPhrase({
      phrase: utf8(phrase),
      password: utf8('correct horse'),
      protection: 'password',
      origin: 'imported',
    })
    const wallets = await client.vault.listWallets()

    const stopped = new Promise<void>((resolve) => client.onStopped(resolve))
    const underWay = client.vault.changePassword({
      currentPassword: utf8('correct horse'),
      newPassword: utf8('another horse'),
    })
    process.kill(pid, 'SIGKILL')
    await expect(underWay).rejects.toMatchObject({ code: 'signer.stopped' })
    await stopped

    await expect(client.vault.listWallets()).rejects.toMatchObject({ code: 'vault.locked' })
    await expect(client.vault.unlock({ password: utf8('wrong horse') })).rejects.toMatchObject({
      code: 'vault.wrongPassword',
    })
    await client.vault.unlock({ password: utf8('correct horse') })
    expect(await client.vault.listWallets()).toEqual(wallets)
  })

  it('checks what it is asked, and names no value in its refusal', async () => {
    const client = startClient(signerModule)
    await expect(
      client.vault.unlock({ password: 'a secret as text' } as unknown as {
        password: Uint8Array<ArrayBuffer>
      }),
    ).rejects.toMatchObject({ code: 'request.invalid', params: { path: 'password', rule: 'invalid_type' } })
  })

  it('ends at once on a configuration or a message that is none', async () => {
    for (const messages of [[{ vaultFolder: 1 }], [{ ...config, vaultFolder: folder }, 'hello']]) {
      const child = startSignerChildProcess(signerModule, { PATH: process.env.PATH })
      const ended = new Promise<void>((resolve) => child.onExit(resolve))
      for (const message of messages) child.postMessage(message)
      await ended
    }
  })
})
