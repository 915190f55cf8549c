import {
  type Abi,
  type Address,
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  numberToHex,
} from 'viem'
import type { Rpc, RpcError } from '../anvil/rpc.ts'
import { loadArtifact } from '../vendor/artifact.ts'

/** Gas of one seeding transaction; every block holds one. */
const GAS_LIMIT = 40_000_000

/** A call that a transaction makes. */
export interface SeedCall {
  to: Address
  data: Hex
  value?: bigint
}

/**
 * Writes to a chain that mines only when told: each transaction stands alone in the next block, so block numbers,
 * timestamps and addresses come out the same in every build.
 */
export interface SeedingChain {
  rpc: Rpc
  /** Sends from an unlocked account and mines; throws with the revert reason where it fails. */
  send(from: Address, call: SeedCall): Promise<void>
  /** Encodes and sends a function call. */
  write(
    from: Address,
    to: Address,
    abi: Abi,
    functionName: string,
    args: unknown[],
    value?: bigint,
  ): Promise<void>
  /** Deploys an artifact at the address that the sender's nonce gives. */
  deploy(from: Address, artifact: string, args?: unknown[]): Promise<Address>
  /** Puts an artifact at a given address as if it had been constructed there, immutables and storage included. */
  deployAt(address: Address, from: Address, artifact: string, args?: unknown[]): Promise<void>
}

function encodeConstructor(abi: Abi, args: unknown[]): Hex {
  const entry = abi.find((item) => item.type === 'constructor')
  return entry === undefined ? '0x' : encodeAbiParameters(entry.inputs, args)
}

function creationCodeOf(name: string, args: unknown[]): Hex {
  const { abi, bytecode } = loadArtifact(name)
  if (bytecode === undefined) throw new Error(`${name} has no creation code`)
  return concatHex([bytecode, encodeConstructor(abi, args)])
}

/** Wraps a node started with `--no-mining`. */
export function createSeedingChain(rpc: Rpc): SeedingChain {
  const transact = async (transaction: { from: Address; to?: Address; data: Hex; value: Hex }) => {
    const request = { ...transaction, gas: numberToHex(GAS_LIMIT) }
    const hash = await rpc<Hex>('eth_sendTransaction', request)
    await rpc('evm_mine')
    const receipt = await rpc<{ status: Hex } | null>('eth_getTransactionReceipt', hash)
    if (receipt?.status === '0x1') return
    const reason = await rpc('eth_call', request, 'latest').then(
      () => 'no reason when repeated',
      (error: RpcError) => `${error.message} ${JSON.stringify(error.data)}`,
    )
    throw new Error(`seeding transaction to ${transaction.to ?? 'a new contract'} failed: ${reason}`)
  }

  const send = (from: Address, { to, data, value = 0n }: SeedCall) =>
    transact({ from, to, data, value: numberToHex(value) })

  return {
    rpc,
    send,
    write: (from, to, abi, functionName, args, value = 0n) =>
      send(from, { to, data: encodeFunctionData({ abi, functionName, args }), value }),

    deploy: async (from, artifact, args = []) => {
      const nonce = await rpc<Hex>('eth_getTransactionCount', from, 'latest')
      await transact({ from, data: creationCodeOf(artifact, args), value: '0x0' })
      return getContractAddress({ from, nonce: BigInt(nonce) })
    },

    deployAt: async (address, from, artifact, args = []) => {
      const { deployedBytecode } = loadArtifact(artifact)
      if (deployedBytecode !== undefined) {
        await rpc('anvil_setCode', address, deployedBytecode)
        return
      }
      // Creation code that runs at the address itself sees address(this), CHAINID and its own code as a constructor
      // does: the call returns the runtime code with its immutables, the transaction leaves the storage behind.
      await rpc('anvil_setCode', address, creationCodeOf(artifact, args))
      await rpc('anvil_setNonce', address, '0x1')
      const runtimeCode = await rpc<Hex>(
        'eth_call',
        { from, to: address, gas: numberToHex(GAS_LIMIT) },
        'latest',
      )
      await send(from, { to: address, data: '0x' })
      await rpc('anvil_setCode', address, runtimeCode)
    },
  }
}
