import { keccak256 } from 'viem'
import { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, addressSchema, type ChainId } from '../../../shared/identity/identity.ts'
import type {
  SimulatedBlock,
  SimulatedCall,
  SimulatedState,
  StoredAccount,
} from '../simulation/simulationMessages.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import {
  accountProofSchema,
  blockHeaderSchema,
  bytesSchema,
  hash32Schema,
  quantitySchema,
} from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'
import { computeHeaderHash, fullHeaderSchema } from './witness/computeHeaderHash.ts'
import { verifyAccountProof, verifySlotProof } from './witness/verifyAccountProof.ts'

const emptyCodeHash = '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'
/** More keys than this in one question some nodes refuse. */
const keysAtOnce = 500

const proofSchema = accountProofSchema.extend({
  storageProof: z
    .array(z.object({ value: quantitySchema, proof: z.array(bytesSchema).max(70) }))
    .max(keysAtOnce),
})
const accessListSchema = z.object({
  accessList: z
    .array(z.object({ address: addressSchema, storageKeys: z.array(hash32Schema).max(2_000) }))
    .max(500),
})
const looseHeaderSchema = blockHeaderSchema.extend({
  gasLimit: quantitySchema,
  mixHash: hash32Schema.optional(),
})

export interface StateAtBlock extends SimulatedState {
  /** The block whose state it is. */
  readonly number: bigint
  /** The block that comes after it, as far as that can be known. */
  readonly next: SimulatedBlock
  /** Asks at once for all that the calls will read, as far as a node says what that is: a hint that saves time and nothing rests on. */
  prefetch(from: Address, calls: readonly SimulatedCall[]): Promise<void>
}

/**
 * The newest block's state, read piece by piece. Where the node gives proofs, every piece is checked against the state root of a header
 * whose hash was computed, so that a node cannot make up one piece for one question, and pieces from several nodes are of one state.
 *
 * @throws AppError `chain.proofFailed`, `chain.*`
 */
export async function openState(network: RpcNetwork, chainId: ChainId): Promise<StateAtBlock> {
  const rpc = network.rpc(chainId)
  const header = await readHeader(network, chainId)
  const tag = toBlockTag(header.number)
  let stateRoot = 'stateRoot' in header ? header.stateRoot : undefined
  const accounts = new Map<string, Promise<StoredAccount>>()
  const slots = new Map<string, Promise<bigint>>()
  const slotKey = (address: Address, slot: string) => `${address}:${slot}`.toLowerCase()

  const lies = () => new AppError('chain.proofFailed', { chainId, node: rpc.node ?? '' })

  /** `undefined` where no node gives proofs. */
  async function prove(address: Address, keys: readonly `0x${string}`[]) {
    if (stateRoot === undefined) return undefined
    try {
      const proof = await rpc.request('eth_getProof', [address, keys, tag], proofSchema)
      const isTrue =
        verifyAccountProof(stateRoot, address, proof, proof.accountProof) &&
        proof.storageProof.length === keys.length &&
        keys.every((key, index) => {
          const slot = proof.storageProof[index]
          return slot !== undefined && verifySlotProof(proof.storageHash, key, slot.value, slot.proof)
        })
      if (!isTrue) throw lies()
      return proof
    } catch (thrown) {
      if (!(thrown instanceof NodeRefusedError) || thrown.isRateLimit) throw thrown
      stateRoot = undefined
      return undefined
    }
  }

  const readCode = (address: Address) => rpc.request('eth_getCode', [address, tag], bytesSchema)

  async function loadAccount(
    address: Address,
    proving: ReturnType<typeof prove> = prove(address, []),
  ): Promise<StoredAccount> {
    const proof = await proving
    if (proof) {
      const { nonce, balance, codeHash } = proof
      if (codeHash === emptyCodeHash) return { nonce, balance, code: '0x' }
      const code = await readCode(address)
      if (keccak256(code) !== codeHash) throw lies()
      return { nonce, balance, code }
    }
    const [nonce, balance, code] = await Promise.all([
      rpc.request('eth_getTransactionCount', [address, tag], quantitySchema),
      rpc.request('eth_getBalance', [address, tag], quantitySchema),
      readCode(address),
    ])
    return { nonce, balance, code }
  }

  async function loadSlot(
    address: Address,
    slot: `0x${string}`,
    proving: ReturnType<typeof prove> = prove(address, [slot]),
    index = 0,
  ): Promise<bigint> {
    const proven = (await proving)?.storageProof[index]
    return proven ? proven.value : rpc.request('eth_getStorageAt', [address, slot, tag], quantitySchema)
  }

  return {
    number: header.number,
    next: {
      number: header.number + 1n,
      timestamp: BigInt(header.timestamp) + 1n,
      gasLimit: header.gasLimit,
      baseFeePerGas: header.baseFeePerGas ?? 0n,
      prevRandao: header.mixHash ?? `0x${'00'.repeat(32)}`,
    },

    readAccount(address) {
      const key = address.toLowerCase()
      const account = accounts.get(key) ?? loadAccount(address)
      accounts.set(key, account)
      return account
    },

    readSlot(address, slot) {
      const key = slotKey(address, slot)
      const value = slots.get(key) ?? loadSlot(address, slot)
      slots.set(key, value)
      return value
    },

    async readBlockHash(number) {
      const found = await rpc.request(
        'eth_getBlockByNumber',
        [toBlockTag(number), false],
        blockHeaderSchema.nullable(),
      )
      if (!found) throw lies()
      return found.hash
    },

    async prefetch(from, calls) {
      const lists = await Promise.all(calls.map((call) => listReads(from, call)))
      const keysOf = new Map<Address, Set<`0x${string}`>>([[from, new Set()]])
      for (const { address, storageKeys } of lists.flat()) {
        keysOf.set(address, new Set([...(keysOf.get(address) ?? []), ...storageKeys]))
      }
      for (const [address, known] of keysOf) {
        const keys = [...known].slice(0, keysAtOnce)
        const proving = prove(address, keys)
        const account = loadAccount(address, proving)
        accounts.set(address.toLowerCase(), account)
        // Who needs it is told of the failure; nobody may.
        account.catch(() => {})
        keys.forEach((slot, index) => {
          const value = loadSlot(address, slot, proving, index)
          slots.set(slotKey(address, slot), value)
          value.catch(() => {})
        })
      }
    },
  }

  async function listReads(from: Address, { to, value, data, gas }: SimulatedCall) {
    try {
      const call = {
        from,
        ...(to === undefined ? {} : { to }),
        value: toBlockTag(value),
        data,
        gas: toBlockTag(gas),
      }
      return (await rpc.request('eth_createAccessList', [call, tag], accessListSchema)).accessList
    } catch (thrown) {
      if (thrown instanceof AppError) return []
      throw thrown
    }
  }
}

/** What a proof needs of a header is only asked for where it can be used: other chains leave fields out. */
async function readHeader(network: RpcNetwork, chainId: ChainId) {
  const rpc = network.rpc(chainId)
  const params = ['latest', false]
  if (!network.definition(chainId).hasStandardHeaders) {
    const header = await rpc.request('eth_getBlockByNumber', params, looseHeaderSchema)
    return { ...header, timestamp: BigInt(header.timestamp) }
  }
  const header = await rpc.request('eth_getBlockByNumber', params, fullHeaderSchema)
  if (computeHeaderHash(header) !== header.hash) {
    throw new AppError('chain.proofFailed', { chainId, node: rpc.node ?? '' })
  }
  return header
}
