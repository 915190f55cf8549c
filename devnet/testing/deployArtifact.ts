import { type Address, encodeDeployData, getContractAddress, type Hex } from 'viem'
import type { Rpc } from '../anvil/rpc.ts'
import { waitForReceipt } from '../control/waitForReceipt.ts'
import { loadArtifact } from '../vendor/artifact.ts'

/** Deploys a contract that the seeding leaves out, as any account, on a node that mines by itself. */
export async function deployArtifact(
  rpc: Rpc,
  from: Address,
  name: string,
  args: readonly unknown[] = [],
): Promise<Address> {
  const { abi, bytecode } = loadArtifact(name)
  if (!bytecode) throw new Error(`no bytecode of ${name}`)
  const nonce = BigInt(await rpc<Hex>('eth_getTransactionCount', from, 'latest'))
  await rpc('anvil_impersonateAccount', from)
  const data = encodeDeployData({ abi, bytecode, args })
  await waitForReceipt(rpc, await rpc<Hex>('eth_sendTransaction', { from, data, gas: '0x4c4b40' }))
  return getContractAddress({ from, nonce })
}
