import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { StandingRule } from '../../shared/contract/rules.ts'
import type {
  Account,
  BackupCheck,
  DerivedAddress,
  VaultStatus,
  Wallet,
  WalletKind,
} from '../../shared/contract/vault.ts'
import { pathTemplates } from '../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../shared/contract/windows.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { AccountId, Address, WalletId } from '../../shared/identity/identity.ts'
import { baseUnits, wei } from '../../shared/money/units.ts'
import { harnessHoldings, nativeToken, practiceChainId } from './harnessTokens.ts'

/** The password that opens the harness's vault. */
export const harnessPassword = 'correct horse battery staple'
/** The password of every file that the harness knows. */
export const harnessFilePassword = 'a password for files'
const phraseWords =
  'harbour anchor velvet orbit maple canyon ripple sunset garden marble copper window'.split(' ')
/** The phrase behind the wallet "Savings". */
export const harnessPhrase = phraseWords.join(' ')
export const harnessPrivateKey = `0x${'5e'.repeat(32)}`
export const harnessShares = [
  'academic agency acrobat romp',
  'academic agency beard romp',
  'academic agency ceramic roster',
] as const
/** The contract that an account of the harness is handed over to. */
export const harnessDelegate: Address = '0x63c0c19a282a1B52b07dD5a65b58948A07DAE32B'
/** What a file must begin with to be a backup here. */
export const harnessBackupMark = 'MINATO-BACKUP'

export const harnessAddresses: readonly Address[] = [
  '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65',
]

export interface HarnessVaultOptions {
  readonly vault?: VaultStatus['state']
  readonly keychain?: VaultStatus['keychain']
  readonly protection?: VaultStatus['protection']
  readonly backup?: 'readable'
  /** Several wallets of all kinds instead of the practice wallet alone. */
  readonly hasManyWallets?: boolean
  readonly hasRules?: boolean
  /** A contract acts for every account (EIP-7702). */
  readonly isDelegated?: boolean
  /** What the user decides when a message is to be signed. */
  readonly rejectsMessages?: boolean
  /** What saving a file answers: nobody chooses a place in a test. */
  readonly cancelsSaving?: boolean
}

interface Surroundings {
  readonly nowMs: () => number
  readonly tellStatus: (status: VaultStatus) => void
  readonly tellWallets: (wallets: Wallet[]) => void
  readonly tellRules: (rules: StandingRule[]) => void
}

type MainHandlers = Handlers<typeof mainWindowContract>

/** Vault, rules and files in memory, as far as the screens can tell. Secrets are compared, never kept. */
export function createHarnessVault(options: HarnessVaultOptions, surroundings: Surroundings) {
  const { nowMs, tellStatus, tellWallets, tellRules } = surroundings
  let status: VaultStatus = {
    state: options.vault ?? 'unlocked',
    keychain: options.keychain ?? { state: 'available' },
    ...(options.vault === 'none' ? {} : { protection: options.protection ?? 'keychain' }),
    ...(options.backup === undefined ? {} : { backup: options.backup }),
  }
  let wallets: Wallet[] = options.hasManyWallets ? manyWallets(nowMs()) : [practiceWallet(nowMs())]
  let rules: StandingRule[] = options.hasRules ? [harnessRule(nowMs())] : []
  let kits = 0
  let clipboardText: string | undefined
  const savedFiles = new Map<string, Uint8Array>()

  const setStatus = (changes: Partial<VaultStatus>) => {
    status = { ...status, ...changes }
    tellStatus(status)
  }
  const setWallets = (changed: Wallet[]) => {
    wallets = changed
    tellWallets(wallets)
  }
  const walletOf = (walletId: WalletId) => {
    const wallet = wallets.find(({ id }) => id === walletId)
    if (!wallet) throw new AppError('wallet.missing')
    return wallet
  }
  const changeWallet = (walletId: WalletId, change: (wallet: Wallet) => Wallet) => {
    const changed = change(walletOf(walletId))
    setWallets(wallets.map((wallet) => (wallet.id === walletId ? changed : wallet)))
    return changed
  }
  const changeAccount = (accountId: AccountId, change: (account: Account) => Account) => {
    const account = wallets.flatMap((wallet) => wallet.accounts).find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    const changed = change(account)
    changeWallet(account.walletId, (wallet) => ({
      ...wallet,
      accounts: wallet.accounts.map((other) => (other.id === accountId ? changed : other)),
    }))
    return changed
  }
  const addWallet = (kind: WalletKind, name: string | undefined, extra: Partial<Wallet> = {}) => {
    const number = wallets.length + 1
    const id = `wallet-${number}` as WalletId
    const hasPaths = kind === 'phrase' || kind === 'seed'
    const account = makeAccount(id, number + 1, name ?? `Account ${number}`)
    const wallet: Wallet = {
      id,
      name: name ?? `Wallet ${number}`,
      origin: 'imported',
      kind,
      createdAtMs: nowMs(),
      accounts: [
        kind === 'watchOnly'
          ? { ...withoutPath(account), isWatchOnly: true }
          : hasPaths
            ? account
            : withoutPath(account),
      ],
      ...(hasPaths ? { pathTemplate: pathTemplates.bip44 } : {}),
      ...extra,
    }
    setWallets([...wallets, wallet])
    return wallet
  }
  const checkPassword = (password: Uint8Array) => {
    if (decode(password) !== harnessPassword) throw new AppError('vault.wrongPassword')
  }
  const checkPhrase = (phrase: Uint8Array) => {
    const words = decode(phrase).split(' ')
    const unknown = words.findIndex((word) => !phraseWords.includes(word))
    if (unknown >= 0) throw new AppError('phrase.unknownWord', { position: unknown + 1 })
  }
  const readShares = (shares: readonly Uint8Array[]) => {
    const known = shares.map(decode).filter((share) => harnessShares.some((other) => other === share))
    if (known.length < shares.length) throw new AppError('shares.invalid', { position: known.length + 1 })
    if (new Set(known).size < 2) throw new AppError('shares.insufficient', { count: 2 })
  }
  const readBackup = (file: Uint8Array, password: Uint8Array, code: Uint8Array | undefined) => {
    const text = decode(file)
    if (!text.startsWith(harnessBackupMark)) throw new AppError('backup.invalid')
    if (text.includes('+code') && code === undefined) throw new AppError('backup.codeNeeded')
    if (decode(password) !== harnessFilePassword) throw new AppError('backup.wrongPassword')
  }
  const open = () => {
    setStatus({ state: 'unlocked', protection: status.protection ?? 'keychain' })
    return newKit()
  }
  const newKit = () => {
    kits += 1
    return {
      recoveryKit: encode(`MINATO1 7Q4K XN2P 88RD H3VW 5TJC Y6MA 90ZE 00${String(kits).padStart(2, '0')}`),
    }
  }
  const verified = (walletIds: readonly WalletId[], whole: boolean): BackupCheck => {
    setWallets(
      wallets.map((wallet) =>
        walletIds.includes(wallet.id) ? { ...wallet, lastVerifiedAtMs: nowMs() } : wallet,
      ),
    )
    const owned = wallets.filter((wallet) => wallet.kind !== 'watchOnly').map(({ id }) => id)
    return {
      matched: [...walletIds],
      missing: whole ? owned.filter((id) => !walletIds.includes(id)) : [],
      unknownWallets: walletIds.length === 0 ? 1 : 0,
      ...(whole ? { createdAtMs: nowMs() - 86_400_000 } : {}),
    }
  }
  const derive = (walletId: WalletId, template: string, start: number, count: number): DerivedAddress[] => {
    const known = walletOf(walletId).accounts
    return Array.from({ length: count }, (_, offset) => {
      const index = start + offset
      const path = template.replace('{index}', String(index))
      const here = known.find((account) => account.path === path)
      return {
        path,
        index,
        address: here?.address ?? addressOf(walletId.length * 31 + template.length * 7 + index),
        ...(here ? { accountId: here.id } : {}),
      }
    })
  }
  const addAt = (walletId: WalletId, path: string, address: Address, name?: string) => {
    const number = wallets.flatMap((wallet) => wallet.accounts).length + 1
    const account: Account = {
      id: `account-${number}-${path}` as AccountId,
      walletId,
      address,
      name: name ?? `Account ${number}`,
      path,
    }
    changeWallet(walletId, (wallet) => ({ ...wallet, accounts: [...wallet.accounts, account] }))
    return account
  }
  const vault: MainHandlers['vault'] = {
    getStatus: () => status,
    draftPhrase: ({ words }) => ({
      draftId: 'draft-1',
      phrase: encode([...phraseWords, ...phraseWords].slice(0, words).join(' ')),
      confirmPositions: [2, 7, 11],
    }),
    create: open,
    createFromPhrase: ({ phrase }) => {
      checkPhrase(phrase)
      return open()
    },
    createPractice: open,
    createFromShares: ({ shares }) => {
      readShares(shares)
      return open()
    },
    restoreBackup: ({ file, backupPassword, code }) => {
      readBackup(file, backupPassword, code)
      return open()
    },
    unlock: ({ password, recoveryKit, restoreBackup }) => {
      checkPassword(password)
      if (status.keychain.state === 'unavailable' && recoveryKit === undefined) {
        throw new AppError('keychain.lockedOrMissing', { operation: 'read' })
      }
      if (status.state === 'damaged' && !restoreBackup) throw new AppError('vault.damaged')
      open()
      return undefined
    },
    lock: () => {
      setStatus({ state: 'locked' })
      return undefined
    },
    changePassword: ({ currentPassword }) => {
      checkPassword(currentPassword)
      return undefined
    },
    listWallets: () => wallets,
    createWallet: ({ name, confirmations }) => {
      if (confirmations.some(({ position, word }) => decode(word) !== phraseWords[position - 1])) {
        throw new AppError('vault.confirmationFailed')
      }
      return addWallet('phrase', name, { origin: 'created' })
    },
    importWallet: ({ phrase, name, passphrase, storesPassphrase, pathTemplate }) => {
      checkPhrase(phrase)
      return addWallet('phrase', name, {
        ...(passphrase === undefined ? {} : { passphrase: storesPassphrase ? 'stored' : 'entered' }),
        ...(pathTemplate === undefined ? {} : { pathTemplate }),
      })
    },
    importPrivateKey: ({ privateKey, name }) => {
      if (!/^(0x)?[0-9a-f]{64}$/i.test(decode(privateKey))) throw new AppError('privateKey.invalid')
      return addWallet('privateKey', name)
    },
    importKeystore: ({ keystore, password, name }) => {
      if (!decode(keystore).includes('"crypto"')) throw new AppError('keystore.invalid')
      if (decode(password) !== harnessFilePassword) throw new AppError('keystore.wrongPassword')
      return addWallet('privateKey', name)
    },
    importShares: ({ shares, name }) => {
      readShares(shares)
      return addWallet('phrase', name)
    },
    watchAddress: ({ addressOrName, name }) => {
      if (addressOrName.endsWith('.eth') && addressOrName !== 'hana.eth') {
        throw new AppError('name.notFound', { name: addressOrName })
      }
      if (!addressOrName.endsWith('.eth') && !/^0x[0-9a-fA-F]{40}$/.test(addressOrName)) {
        throw new AppError('address.invalid', { reason: 'format' })
      }
      return addWallet('watchOnly', name ?? addressOrName.slice(0, 20))
    },
    enterPassphrase: ({ walletId, passphrase }) => {
      if (decode(passphrase) !== 'moon') throw new AppError('passphrase.wrong')
      return changeWallet(walletId, (wallet) => ({ ...wallet, passphrase: 'entered' }))
    },
    updateWallet: ({ walletId, name, colour, isHidden }) =>
      changeWallet(walletId, ({ isHidden: wasHidden, ...wallet }) => ({
        ...wallet,
        ...(name === undefined ? {} : { name }),
        ...(colour === undefined ? {} : { colour: colour === 'none' ? undefined : colour }),
        ...((isHidden ?? wasHidden) ? { isHidden: true } : {}),
      })),
    updateAccount: ({ accountId, name, colour, isHidden }) =>
      changeAccount(accountId, ({ isHidden: wasHidden, ...account }) => ({
        ...account,
        ...(name === undefined ? {} : { name }),
        ...(colour === undefined ? {} : { colour: colour === 'none' ? undefined : colour }),
        ...((isHidden ?? wasHidden) ? { isHidden: true } : {}),
      })),
    orderWallets: ({ walletIds }) => {
      setWallets(walletIds.map(walletOf))
      return wallets
    },
    orderAccounts: ({ walletId, accountIds }) =>
      changeWallet(walletId, (wallet) => ({
        ...wallet,
        accounts: accountIds.flatMap((id) => wallet.accounts.filter((account) => account.id === id)),
      })),
    removeWallet: ({ walletId, password }) => {
      checkPassword(password)
      setWallets(wallets.filter(({ id }) => id !== walletId))
      return undefined
    },
    addAccount: ({ walletId, name }) => {
      const wallet = walletOf(walletId)
      const template = wallet.pathTemplate ?? pathTemplates.bip44
      const [next] = derive(walletId, template, 0, 100).filter(({ accountId }) => accountId === undefined)
      if (!next) throw new AppError('account.limitReached')
      return addAt(walletId, next.path, next.address, name)
    },
    addAccounts: ({ walletId, paths }) =>
      paths.map((path) =>
        addAt(walletId, path, addressOf(path.length * 13 + path.charCodeAt(path.length - 1))),
      ),
    renameAccount: ({ accountId, name }) => changeAccount(accountId, (account) => ({ ...account, name })),
    deriveAddresses: ({ walletId, pathTemplate, start, count }) =>
      derive(walletId, pathTemplate ?? walletOf(walletId).pathTemplate ?? pathTemplates.bip44, start, count),
    discoverAccounts: ({ walletId }) => ({
      found: derive(walletId, pathTemplates.bip44, 0, 4).map((address) => ({
        ...address,
        pathTemplate: pathTemplates.bip44,
        chainIds: [practiceChainId],
      })),
      unansweredChainIds: [],
    }),
    revealPhrase: ({ walletId, password }) => {
      checkPassword(password)
      const wallet = walletOf(walletId)
      return {
        phrase: encode(harnessPhrase),
        ...(wallet.passphrase === 'stored' ? { passphrase: encode('moon') } : {}),
      }
    },
    exportPrivateKey: ({ password }) => {
      checkPassword(password)
      return { privateKey: encode(harnessPrivateKey) }
    },
    exportKeystore: ({ password }) => {
      checkPassword(password)
      return { keystore: encode('{"version":3,"crypto":{}}'), fileName: 'UTC--2026--savings.json' }
    },
    createShares: ({ password, count }) => {
      checkPassword(password)
      return {
        holds: 'phrase',
        shares: Array.from({ length: count }, (_, index) => encode(`${harnessShares[0]} share${index + 1}`)),
      }
    },
    createBackup: ({ password, hasCode }) => {
      checkPassword(password)
      return {
        file: encode(`${harnessBackupMark}${hasCode ? '+code' : ''}`),
        fileName: 'minato-2026-11-22.minato-backup',
        ...(hasCode ? { code: encode('MINATOB1 K3YQ 77PL 0XCV RT5W') } : {}),
      }
    },
    mergeBackup: ({ file, backupPassword, code }) => {
      readBackup(file, backupPassword, code)
      return { added: [addWallet('phrase', 'From the backup')], alreadyHere: 1 }
    },
    checkBackup: ({ file, backupPassword, code }) => {
      readBackup(file, backupPassword, code)
      return verified(
        wallets.slice(0, 2).map(({ id }) => id),
        true,
      )
    },
    checkPhrase: ({ phrase }) => {
      checkPhrase(phrase)
      const isHere = decode(phrase) === harnessPhrase
      return verified(isHere ? wallets.slice(0, 1).map(({ id }) => id) : [], false)
    },
    checkShares: ({ shares }) => {
      readShares(shares)
      return verified(
        wallets.slice(0, 1).map(({ id }) => id),
        false,
      )
    },
    renewRecoveryKit: ({ password }) => {
      checkPassword(password)
      return newKit()
    },
    changeProtection: ({ password, protection }) => {
      checkPassword(password)
      setStatus({ protection })
      return protection === 'keychain' ? newKit() : {}
    },
  }
  return {
    vault,
    rules: {
      list: () => rules,
      revoke: ({ ruleId }) => {
        rules = rules.map((rule) => (rule.id === ruleId ? { ...rule, revokedAtMs: nowMs() } : rule))
        tellRules(rules)
        return rules
      },
    } satisfies MainHandlers['rules'],
    messages: {
      request: ({ message }) => {
        if (message.kind === 'typedData' && !message.json.trim().startsWith('{')) {
          throw new AppError('signing.undecodable', { reason: 'malformed' })
        }
        if (options.rejectsMessages) return { status: 'rejected' }
        const [account] = wallets[0]?.accounts ?? []
        if (!account) throw new AppError('account.missing')
        return { status: 'signed', from: account.address, signature: `0x${'5c'.repeat(65)}` }
      },
    } satisfies MainHandlers['messages'],
    delegations: {
      list: () => ({
        delegations: options.isDelegated ? [{ chainId: practiceChainId, delegate: harnessDelegate }] : [],
        unansweredChainIds: [],
      }),
      takeBack: () => ({ status: 'rejected' }),
    } satisfies MainHandlers['delegations'],
    files: {
      copySecret: ({ secret }) => {
        clipboardText = decode(secret)
        return { clearsAtMs: nowMs() + 60_000 }
      },
      setSecretShown: () => undefined,
      saveFile: ({ suggestedName, content }) => {
        if (options.cancelsSaving) return { isSaved: false }
        savedFiles.set(suggestedName, Uint8Array.from(content))
        return { isSaved: true }
      },
      savePdf: ({ suggestedName }) => {
        if (options.cancelsSaving) return { isSaved: false }
        savedFiles.set(suggestedName, new TextEncoder().encode('%PDF'))
        return { isSaved: true }
      },
    } satisfies Pick<MainHandlers['app'], 'copySecret' | 'setSecretShown' | 'saveFile' | 'savePdf'>,
    setStatus,
    status: () => status,
    accounts: () => wallets.flatMap((wallet) => wallet.accounts),
    clipboard: () => clipboardText,
    savedFiles,
  }
}

function practiceWallet(nowMs: number): Wallet {
  const id = 'wallet-1' as WalletId
  return {
    id,
    name: 'Practice',
    origin: 'practice',
    kind: 'phrase',
    createdAtMs: nowMs,
    pathTemplate: pathTemplates.bip44,
    accounts: [makeAccount(id, 0, 'Savings'), makeAccount(id, 1, 'Daily')],
  }
}

function manyWallets(nowMs: number): Wallet[] {
  const phrase = 'wallet-1' as WalletId
  const ledger = 'wallet-2' as WalletId
  const key = 'wallet-3' as WalletId
  const watched = 'wallet-4' as WalletId
  const base = { origin: 'imported', createdAtMs: nowMs - 40 * 86_400_000 } as const
  return [
    {
      ...base,
      id: phrase,
      name: 'Savings',
      origin: 'created',
      kind: 'phrase',
      pathTemplate: pathTemplates.bip44,
      lastVerifiedAtMs: nowMs - 3 * 86_400_000,
      accounts: [
        { ...makeAccount(phrase, 0, 'Savings'), colour: 'teal' },
        { ...makeAccount(phrase, 1, 'Daily'), colour: 'amber' },
        { ...makeAccount(phrase, 2, 'Old'), isHidden: true },
      ],
    },
    {
      ...base,
      id: ledger,
      name: 'From the Ledger',
      kind: 'phrase',
      passphrase: 'missing',
      pathTemplate: pathTemplates.ledgerLive,
      accounts: [{ ...makeAccount(ledger, 3, 'Vacation'), path: "m/44'/60'/0'/0/0" }],
    },
    {
      ...base,
      id: key,
      name: 'Project key',
      kind: 'privateKey',
      accounts: [withoutPath(makeAccount(key, 4, 'Project key'))],
    },
    {
      ...base,
      id: watched,
      name: 'hana.eth',
      kind: 'watchOnly',
      accounts: [{ ...withoutPath(makeAccount(watched, 5, 'hana.eth')), isWatchOnly: true }],
    },
  ]
}

function harnessRule(nowMs: number): StandingRule {
  const token = harnessHoldings[3]?.token ?? nativeToken
  return {
    id: 'rule-1' as StandingRule['id'],
    name: 'Buy ether below 2,500',
    accountId: 'account-0' as AccountId,
    chainId: practiceChainId,
    contract: addressOf(0xd),
    selector: '0x3593564c',
    recipients: [],
    token,
    maximumUnits: baseUnits(5_000n * 10n ** BigInt(token.decimals)),
    maximumUnitsPerUse: baseUnits(500n * 10n ** BigInt(token.decimals)),
    maximumFee: wei(4_000_000_000_000_000n),
    maximumUses: 20,
    startsAtMs: nowMs - 86_400_000,
    expiresAtMs: nowMs + 13 * 86_400_000,
    createdAtMs: nowMs - 86_400_000,
    spentUnits: baseUnits(1_000n * 10n ** BigInt(token.decimals)),
    uses: 2,
  }
}

function makeAccount(walletId: WalletId, index: number, name: string): Account {
  return {
    id: `account-${index}` as AccountId,
    walletId,
    address: harnessAddresses[index] ?? addressOf(index),
    name,
    path: `m/44'/60'/0'/0/${index}`,
  }
}

function withoutPath({ path: _, ...account }: Account): Account {
  return account
}

function addressOf(number: number): Address {
  return `0x${((BigInt(number + 1) * 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835n) & ((1n << 160n) - 1n)).toString(16).padStart(40, '0')}`
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
