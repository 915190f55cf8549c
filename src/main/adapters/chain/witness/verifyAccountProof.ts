import { fromRlp, hexToBytes, keccak256, toRlp } from 'viem'
import { toBytes } from './computeHeaderHash.ts'

/** What a state says of an account. */
export interface AccountState {
  readonly nonce: bigint
  readonly balance: bigint
  readonly storageHash: `0x${string}`
  readonly codeHash: `0x${string}`
}

const emptyCodeHash = '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'
const emptyTrieHash = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
/** What the state says of an account that it does not hold. */
const absentAccount: AccountState = {
  nonce: 0n,
  balance: 0n,
  storageHash: emptyTrieHash,
  codeHash: emptyCodeHash,
}

type RlpItem = `0x${string}` | RlpItem[]

/**
 * Whether a Merkle-Patricia proof (EIP-1186) shows that the state of this root holds the account as claimed, or does not hold it at all
 * where the claim is that of an untouched account. Never throws: a proof that cannot be read proves nothing.
 */
export function verifyAccountProof(
  stateRoot: `0x${string}`,
  address: `0x${string}`,
  claimed: AccountState,
  proof: readonly `0x${string}`[],
): boolean {
  try {
    const leaf = walk(stateRoot, toNibbles(keccak256(address)), proof)
    const expected = encodeAccount(claimed)
    return leaf === undefined ? expected === encodeAccount(absentAccount) : leaf === expected
  } catch {
    return false
  }
}

/** The same for what an account's storage, of this root, holds in a slot; nothing counts as zero. */
export function verifySlotProof(
  storageHash: `0x${string}`,
  slot: `0x${string}`,
  claimed: bigint,
  proof: readonly `0x${string}`[],
): boolean {
  try {
    if (storageHash === emptyTrieHash) return claimed === 0n
    const leaf = walk(storageHash, toNibbles(keccak256(slot)), proof)
    return leaf === undefined ? claimed === 0n : leaf === toRlp(toBytes(claimed))
  } catch {
    return false
  }
}

function encodeAccount({ nonce, balance, storageHash, codeHash }: AccountState): `0x${string}` {
  return toRlp([toBytes(nonce), toBytes(balance), storageHash, codeHash])
}

/** The value under a key, or `undefined` where the nodes show that there is none. @throws where they show neither. */
function walk(
  root: `0x${string}`,
  key: readonly number[],
  proof: readonly `0x${string}`[],
): `0x${string}` | undefined {
  let rest = key
  let reference: RlpItem = root
  let next = 0
  for (;;) {
    const node = resolve(reference, () => proof[next++])
    if (node.length === 17) {
      const [nibble, ...others] = rest
      const child: RlpItem | undefined = nibble === undefined ? node[16] : node[nibble]
      if (child === undefined) throw new RangeError('No such branch')
      if (child === '0x') return undefined
      if (nibble === undefined) return toValue(child)
      rest = others
      reference = child
      continue
    }
    const [path, child] = node
    if (node.length !== 2 || typeof path !== 'string' || child === undefined)
      throw new RangeError('No trie node')
    const { nibbles, isLeaf } = readPath(path)
    const isOnPath = nibbles.every((nibble, index) => rest[index] === nibble)
    if (isLeaf) return isOnPath && nibbles.length === rest.length ? toValue(child) : undefined
    if (!isOnPath) return undefined
    rest = rest.slice(nibbles.length)
    reference = child
  }
}

/** A node by its hash, or itself where it was short enough to stand in its parent. */
function resolve(reference: RlpItem, take: () => `0x${string}` | undefined): RlpItem[] {
  if (Array.isArray(reference)) return reference
  const encoded = take()
  if (encoded === undefined || keccak256(encoded) !== reference)
    throw new RangeError('Another node than promised')
  const node = fromRlp(encoded, 'hex') as RlpItem
  if (!Array.isArray(node)) throw new RangeError('No trie node')
  return node
}

function toValue(item: RlpItem): `0x${string}` {
  if (typeof item !== 'string') throw new RangeError('No value')
  return item
}

/** Hex-prefix encoding (Yellow Paper, appendix C). */
function readPath(path: `0x${string}`): { readonly nibbles: readonly number[]; readonly isLeaf: boolean } {
  const [flags = 0, ...nibbles] = toNibbles(path)
  return { nibbles: flags % 2 === 1 ? nibbles : nibbles.slice(1), isLeaf: flags >= 2 }
}

function toNibbles(hex: `0x${string}`): number[] {
  return [...hexToBytes(hex)].flatMap((byte) => [byte >> 4, byte & 15])
}
