import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryKeychain } from '../testing/createMemoryKeychain.ts'
import { createKeychain, type KeychainBackend, keychainTimeoutMs } from './createKeychain.ts'
import { probeKeychain, readVaultSecret, writeVaultSecret } from './vaultSecrets.ts'

const vaultId = new Uint8Array(16).fill(1)
const address = { vaultId, secretId: new Uint8Array(16).fill(2) }
const secret = { id: address.secretId, secret: new Uint8Array(32).fill(3) }

function createMemory() {
  const backend = createMemoryKeychain()
  return { backend, keychain: createKeychain({ service: 'minato-test', load: async () => backend }) }
}

describe('vault secrets', () => {
  it('come back, each vault and secret its own', async () => {
    const { keychain } = createMemory()
    await writeVaultSecret(keychain, vaultId, secret)
    expect(await readVaultSecret(keychain, address)).toEqual(secret.secret)
    await expect(
      readVaultSecret(keychain, { ...address, vaultId: new Uint8Array(16) }),
    ).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    await expect(
      readVaultSecret(keychain, { ...address, secretId: new Uint8Array(16) }),
    ).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
  })

  it('are told from an entry that is something else', async () => {
    const { backend, keychain } = createMemory()
    await writeVaultSecret(keychain, vaultId, secret)
    for (const value of ['', 'hello', '03'.repeat(31), 'zz'.repeat(32), '03'.repeat(33)]) {
      for (const key of backend.entries.keys()) backend.entries.set(key, value)
      await expect(readVaultSecret(keychain, address)).rejects.toMatchObject({ code: 'keychain.mismatch' })
    }
  })

  it.each([
    ['absent', 'keychain.unavailable', { reason: 'absent', operation: 'write' }],
    ['locked', 'keychain.lockedOrMissing', { operation: 'write' }],
    ['noDefaultKeyring', 'keychain.unavailable', { reason: 'failed', operation: 'write' }],
    ['forgetful', 'keychain.lockedOrMissing', { operation: 'write' }],
  ] as const)('fail to be written with the right words: %s', async (mode, code, params) => {
    const { backend, keychain } = createMemory()
    backend.mode = mode
    await expect(writeVaultSecret(keychain, vaultId, secret)).rejects.toMatchObject({ code, params })
  })

  it.each([
    ['available', { state: 'available' }],
    ['absent', { state: 'unavailable', reason: 'absent' }],
    ['locked', { state: 'unavailable', reason: 'locked' }],
  ] as const)('probe the keychain: %s', async (mode, expected) => {
    const { backend, keychain } = createMemory()
    await writeVaultSecret(keychain, vaultId, secret)
    backend.mode = mode
    expect(await probeKeychain(keychain, address)).toEqual(expected)
  })

  it('report a system library that is not there as absent', async () => {
    const keychain = createKeychain({
      service: 'minato-test',
      load: () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file: No such file')),
    })
    expect(await probeKeychain(keychain, undefined)).toEqual({ state: 'unavailable', reason: 'absent' })
  })
})

describe('createKeychain', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function createControlled() {
    const pending: { resolve: (value: string | null) => void }[] = []
    let inFlight = 0
    let mostInFlight = 0
    const backend: KeychainBackend = {
      getPassword: async () => {
        inFlight++
        mostInFlight = Math.max(mostInFlight, inFlight)
        const value = await new Promise<string | null>((resolve) => pending.push({ resolve }))
        inFlight--
        return value
      },
      setPassword: async () => {},
    }
    const keychain = createKeychain({ service: 's', load: async () => backend })
    return { keychain, pending, mostInFlight: () => mostInFlight }
  }

  it('has one call in flight, in order', async () => {
    const { keychain, pending, mostInFlight } = createControlled()
    const reads = ['a', 'b', 'c'].map((account) => keychain.read(account))
    for (const value of ['1', '2', '3']) {
      await vi.advanceTimersByTimeAsync(10)
      expect(pending).toHaveLength(1)
      pending.shift()?.resolve(value)
    }
    expect(await Promise.all(reads)).toEqual(['1', '2', '3'])
    expect(mostInFlight()).toBe(1)
  })

  it('gives up after five seconds, fails at once while the call hangs, and works again after it', async () => {
    const { keychain, pending } = createControlled()
    const timeout = { code: 'keychain.timeout', params: { operation: 'read', seconds: 5 }, retryable: true }
    const hanging = expect(keychain.read('a')).rejects.toMatchObject(timeout)
    const waiting = expect(keychain.read('b')).rejects.toMatchObject(timeout)
    await vi.advanceTimersByTimeAsync(keychainTimeoutMs)
    await Promise.all([hanging, waiting])

    // No time passes here.
    await expect(keychain.read('c')).rejects.toMatchObject(timeout)
    expect(pending).toHaveLength(1)

    pending.shift()?.resolve('late')
    await vi.advanceTimersByTimeAsync(0)
    const again = keychain.read('d')
    await vi.advanceTimersByTimeAsync(0)
    // The call that nobody waited for any more was never made.
    expect(pending).toHaveLength(1)
    pending.shift()?.resolve('fresh')
    expect(await again).toBe('fresh')
  })
})
