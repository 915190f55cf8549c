import { fork } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mnemonicToEntropy, mnemonicToSeedSync } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { bytesToHex, toHex } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { createApi } from '../shared/contract/createApi.ts'
import { mainWindowContract } from '../shared/contract/windows.ts'
import { type Result, unwrapResult } from '../shared/errors/Result.ts'
import { turn } from './testing/findInBuffers.ts'

const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const otherKey = '5d862464fe9303452126c8bc94274b8c5f9874cbd219789b3eb2128075a76f72'
const password = 'Kyoto harbour 8812'
const backupPassword = 'Osaka breakwater 5519'
const passphrase = 'lantern under the pier'
const utf8 = (text: string) => new TextEncoder().encode(text)

it('a session of use leaves no phrase, password, seed or key in the main process’s heap', {
  timeout: 180_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'minato-heap-'))
  const main = fork(new URL('./testing/serveRouters.ts', import.meta.url), [folder], {
    serialization: 'advanced',
    execArgv: ['--expose-gc'],
    env: { PATH: process.env.PATH },
  })
  const waiting = new Map<number | string, (value: unknown) => void>()
  main.on('message', (message: { id?: number; result?: unknown; ready?: true; snapshot?: true }) => {
    const key = message.id ?? (message.ready ? 'ready' : 'snapshot')
    waiting.get(key)?.(message.result)
    waiting.delete(key)
  })
  const told = (key: number | string) =>
    new Promise<unknown>((resolve) => {
      waiting.set(key, resolve)
    })
  try {
    await told('ready')
    let lastId = 0
    const api = createApi(mainWindowContract, {
      request(channel, input) {
        const id = ++lastId
        const answer = told(id)
        main.send({ id, channel, input })
        return answer as Promise<Result<never>>
      },
      subscribe: () => () => {},
    })

    // Nothing is asked of nodes in this test.
    for (const { chainId } of unwrapResult(await api.chains.list())) {
      unwrapResult(await api.chains.setEnabled({ chainId, enabled: false }))
    }
    unwrapResult(
      await api.vault.createFromPhrase({
        phrase: utf8(phrase),
        password: utf8(password),
        protection: 'password',
      }),
    )
    const [wallet] = unwrapResult(await api.vault.listWallets())
    const walletId = wallet?.id as string
    unwrapResult(await api.vault.addAccount({ walletId }))
    unwrapResult(await api.vault.importPrivateKey({ privateKey: utf8(otherKey) }))
    unwrapResult(
      await api.vault.importWallet({
        phrase: utf8(phrase),
        passphrase: utf8(passphrase),
        storesPassphrase: true,
      }),
    )
    const revealed = unwrapResult(await api.vault.revealPhrase({ walletId, password: utf8(password) }))
    expect(new TextDecoder().decode(revealed.phrase)).toBe(phrase)
    const accountId = wallet?.accounts[0]?.id as string
    unwrapResult(await api.vault.exportPrivateKey({ accountId, password: utf8(password) }))
    unwrapResult(await api.vault.createShares({ walletId, password: utf8(password), threshold: 2, count: 3 }))
    const { file } = unwrapResult(
      await api.vault.createBackup({
        password: utf8(password),
        backupPassword: utf8(backupPassword),
        hasCode: false,
      }),
    )
    unwrapResult(await api.vault.checkBackup({ file, backupPassword: utf8(backupPassword) }))
    unwrapResult(await api.vault.checkPhrase({ phrase: utf8(phrase) }))
    expect(await api.vault.revealPhrase({ walletId, password: utf8(`${password}!`) })).toMatchObject({
      error: { code: 'vault.wrongPassword' },
    })
    unwrapResult(await api.vault.lock())
    unwrapResult(await api.vault.unlock({ password: utf8(password) }))

    const path = join(folder, 'main.heapsnapshot')
    const written = told('snapshot')
    const { privateKey = new Uint8Array() } = mnemonicToAccount(phrase).getHdKey()
    const account = mnemonicToAccount(phrase, { path: "m/44'/60'/0'/0/0" }).getHdKey().privateKey
    const wanted = {
      control: utf8('control bytes'),
      phrase: utf8('legal winner thank'),
      entropy: mnemonicToEntropy(phrase, wordlist),
      seed: mnemonicToSeedSync(phrase),
      'root key': privateKey ?? new Uint8Array(),
      'account key': account ?? new Uint8Array(),
      'imported key': Buffer.from(otherKey, 'hex'),
      'imported key as text': utf8(otherKey),
      password: utf8(password),
      'password of the backup': utf8(backupPassword),
      passphrase: utf8(passphrase),
    }
    const turned = Object.fromEntries(Object.entries(wanted).map(([name, bytes]) => [name, turn(bytes)]))
    main.send({ snapshot: path, wanted: turned })
    expect(await written).toEqual(['control'])
    const snapshot = await readFile(path, 'utf8')
    // The search finds what is there: else it would find nothing in anything.
    expect(snapshot.includes('minato heap control')).toBe(true)

    const secrets = {
      phrase: 'legal winner thank',
      'the end of the phrase': 'legal winner thank yellow',
      entropy: bytesToHex(mnemonicToEntropy(phrase, wordlist)).slice(2),
      seed: toHex(mnemonicToSeedSync(phrase)).slice(2),
      'root key': bytesToHex(privateKey ?? new Uint8Array()).slice(2),
      'account key': bytesToHex(account ?? new Uint8Array()).slice(2),
      'imported key': otherKey,
      password,
      'password of the backup': backupPassword,
      passphrase,
    }
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, name).toBeGreaterThan(10)
      expect(snapshot.includes(secret), name).toBe(false)
    }
  } finally {
    main.send({ end: true })
    await rm(folder, { recursive: true, force: true })
  }
})
