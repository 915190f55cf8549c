import { secp256k1 } from '@noble/curves/secp256k1.js'
import { HDKey } from '@scure/bip32'
import { publicKeyToAddress } from 'viem/accounts'
import { bytesToHex } from 'viem/utils'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import { decodeHex } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import type { WalletSecret } from '../vault/payload.ts'
import { deriveSeed } from './deriveSeed.ts'

/** One account's key pair, for as long as it takes to use it. */
export interface AccountKey {
  readonly address: Address
  /** Overwritten by `wipe`. */
  readonly privateKey: Uint8Array
}

export interface AddressAt {
  readonly path: string
  readonly index: number
  readonly address: Address
}

/**
 * A wallet's keys; for phrases and seeds the nodes above the accounts are derived once and kept until `wipe`.
 *
 * Every call throws AppError `vault.locked` after `wipe`, `signing.watchOnly` where there is no key, and `path.invalid`.
 */
export interface WalletKeys {
  addressAt(path: string | undefined): Promise<Address>
  keyAt(path: string | undefined): Promise<AccountKey>
  /** Addresses by index, in slices between which other work gets its turn. */
  addressesAt(pathTemplate: string, start: number, count: number): Promise<AddressAt[]>
  wipe(): void
}

/** How many addresses are derived in one go: some 15 ms of work. */
const sliceLength = 16

/** @param passphrase BIP-39's optional one: another passphrase is another wallet. */
export function createWalletKeys(secret: WalletSecret, passphrase = ''): WalletKeys {
  switch (secret.kind) {
    case 'phrase':
      return createTree(() => deriveSeed(secret, passphrase))
    case 'seed':
      return createTree(async () => decodeHex(secret.seed))
    case 'privateKey':
      return createSingleKey(secret.privateKey)
    case 'watchOnly':
      return { addressAt: refuseWatched, keyAt: refuseWatched, addressesAt: refuseWatched, wipe() {} }
  }
}

async function refuseWatched(): Promise<never> {
  throw new AppError('signing.watchOnly')
}

function createSingleKey(hex: string): WalletKeys {
  let isWiped = false
  const keyAt = async () => {
    if (isWiped) throw new AppError('vault.locked')
    const privateKey = decodeHex(hex)
    return { address: addressOfKey(privateKey), privateKey }
  }
  return {
    keyAt,
    async addressAt() {
      const { address, privateKey } = await keyAt()
      wipe(privateKey)
      return address
    },
    async addressesAt() {
      throw new AppError('wallet.hasNoSecret')
    },
    wipe() {
      isWiped = true
    },
  }
}

/** @param readSeed gives a copy of its own, which is wiped. */
function createTree(readSeed: () => Promise<Uint8Array>): WalletKeys {
  const parents = new Map<string, Promise<HDKey>>()
  let isWiped = false

  async function deriveParent(path: string): Promise<HDKey> {
    const seed = await readSeed()
    try {
      const master = HDKey.fromMasterSeed(seed)
      const node = master.derive(path)
      if (node !== master) master.wipePrivateData()
      return node
    } finally {
      wipe(seed)
    }
  }

  async function parentAt(path: string): Promise<HDKey> {
    let parent = parents.get(path)
    if (!parent) {
      parent = deriveParent(path)
      parents.set(path, parent)
    }
    const node = await parent
    // A wiped node would quietly go on deriving addresses from its public half.
    if (isWiped) throw new AppError('vault.locked')
    return node
  }

  async function childAt(path: string | undefined): Promise<HDKey> {
    const { parentPath, index } = splitPath(path)
    return (await parentAt(parentPath)).deriveChild(index)
  }

  return {
    async addressAt(path) {
      const child = await childAt(path)
      try {
        return addressOf(child)
      } finally {
        child.wipePrivateData()
      }
    },

    async keyAt(path) {
      const child = await childAt(path)
      try {
        if (!child.privateKey) throw new Error('A node derived from a seed has a private key')
        return { address: addressOf(child), privateKey: Uint8Array.from(child.privateKey) }
      } finally {
        child.wipePrivateData()
      }
    },

    async addressesAt(pathTemplate, start, count) {
      const { prefix, isHardened, rest } = splitTemplate(pathTemplate)
      const addresses: AddressAt[] = []
      for (let index = start; index < start + count; index++) {
        if ((index - start) % sliceLength === 0) await yieldTurn()
        const parent = await parentAt(prefix)
        const nodes = [parent.deriveChild(index + (isHardened ? hardenedOffset : 0))]
        for (const step of rest) {
          const last = nodes.at(-1)
          if (last) nodes.push(last.deriveChild(step))
        }
        const leaf = nodes.at(-1)
        if (leaf) {
          addresses.push({
            path: pathTemplate.replace('{index}', String(index)),
            index,
            address: addressOf(leaf),
          })
        }
        for (const node of nodes) node.wipePrivateData()
      }
      return addresses
    },

    wipe() {
      isWiped = true
      for (const parent of parents.values()) {
        // Whoever waits for a failed derivation hears of it; here there is nothing to wipe then.
        parent.then((node) => node.wipePrivateData()).catch(() => {})
      }
      parents.clear()
    },
  }
}

const yieldTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The address of a private key (Yellow Paper, appendix F). */
export function addressOfKey(privateKey: Uint8Array): Address {
  return publicKeyToAddress(bytesToHex(secp256k1.getPublicKey(privateKey, false)))
}

function addressOf(node: HDKey): Address {
  if (!node.publicKey) throw new Error('A derived node has a public key')
  return publicKeyToAddress(bytesToHex(secp256k1.Point.fromBytes(node.publicKey).toBytes(false)))
}

/** BIP-32: hardened indices are written with an apostrophe, and counted from 2^31. */
const hardenedOffset = 0x80000000

function splitPath(path: string | undefined): { parentPath: string; index: number } {
  const match = path === undefined ? undefined : /^(m(?:\/\d+'?)*)\/(\d+)('?)$/.exec(path)
  if (!match?.[1] || match[2] === undefined) throw new AppError('path.invalid')
  const index = readIndex(match[2], match[3])
  assertSteps(match[1])
  return { parentPath: match[1], index }
}

function splitTemplate(template: string): { prefix: string; isHardened: boolean; rest: number[] } {
  const match = /^(m(?:\/\d+'?)*)\/\{index\}('?)((?:\/\d+'?)*)$/.exec(template)
  if (!match?.[1]) throw new AppError('path.invalid')
  assertSteps(match[1])
  const rest = (match[3] ?? '').split('/').slice(1)
  return {
    prefix: match[1],
    isHardened: match[2] === "'",
    rest: rest.map((step) => readIndex(step.replace("'", ''), step.endsWith("'") ? "'" : '')),
  }
}

function assertSteps(path: string): void {
  for (const step of path.split('/').slice(1)) readIndex(step.replace("'", ''), undefined)
}

/** BIP-32: an index is below 2^31; the upper half counts the hardened ones. */
function readIndex(digits: string, hardened: string | undefined): number {
  const index = Number(digits)
  if (index >= hardenedOffset) throw new AppError('path.invalid')
  return index + (hardened === "'" ? hardenedOffset : 0)
}
