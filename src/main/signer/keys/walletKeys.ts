import { secp256k1 } from '@noble/curves/secp256k1.js'
import { HDKey } from '@scure/bip32'
import { publicKeyToAddress } from 'viem/accounts'
import { bytesToHex } from 'viem/utils'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import { wipe } from '../memory/wipe.ts'
import type { PhraseSecret } from '../vault/payload.ts'
import { deriveSeed } from './deriveSeed.ts'

/** BIP-44: purpose, Ethereum (SLIP-44), account, external chain; accounts are counted below it. */
export const defaultParentPath = "m/44'/60'/0'/0"

/** One account's key pair, for as long as it takes to use it. */
export interface AccountKey {
  readonly address: Address
  /** Overwritten by `wipe`. */
  readonly privateKey: Uint8Array
}

/**
 * Derives a wallet's keys; the nodes above the accounts are derived once and kept until `wipe`.
 *
 * Every call throws AppError `vault.locked` after `wipe`.
 */
export interface WalletKeys {
  addressAt(path: string): Promise<Address>
  keyAt(path: string): Promise<AccountKey>
  wipe(): void
}

/** @param passphrase BIP-39's optional one: another passphrase is another wallet. */
export function createWalletKeys(secret: PhraseSecret, passphrase = ''): WalletKeys {
  const parents = new Map<string, Promise<HDKey>>()
  let isWiped = false

  async function deriveParent(path: string): Promise<HDKey> {
    const seed = await deriveSeed(secret, passphrase)
    try {
      const master = HDKey.fromMasterSeed(seed)
      const node = master.derive(path)
      if (node !== master) master.wipePrivateData()
      return node
    } finally {
      wipe(seed)
    }
  }

  async function childAt(path: string): Promise<HDKey> {
    const { parentPath, index } = splitPath(path)
    let parent = parents.get(parentPath)
    if (!parent) {
      parent = deriveParent(parentPath)
      parents.set(parentPath, parent)
    }
    const node = await parent
    // A wiped node would quietly go on deriving addresses from its public half.
    if (isWiped) throw new AppError('vault.locked')
    return node.deriveChild(index)
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

function addressOf(node: HDKey): Address {
  if (!node.publicKey) throw new Error('A derived node has a public key')
  return publicKeyToAddress(bytesToHex(secp256k1.Point.fromBytes(node.publicKey).toBytes(false)))
}

/** BIP-32: hardened indices are written with an apostrophe, and counted from 2^31. */
const hardenedOffset = 0x80000000

function splitPath(path: string): { parentPath: string; index: number } {
  const match = /^(m(?:\/\d+'?)*)\/(\d+)('?)$/.exec(path)
  if (!match?.[1] || match[2] === undefined) throw new RangeError('Not the path of an account')
  return { parentPath: match[1], index: Number(match[2]) + (match[3] === "'" ? hardenedOffset : 0) }
}
