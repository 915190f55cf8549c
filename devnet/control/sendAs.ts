import { type Address, type Hex, numberToHex } from 'viem'
import type { Rpc } from '../anvil/rpc.ts'
import { waitForReceipt } from './waitForReceipt.ts'

const GAS_LIMIT = 5_000_000

/** A transaction that the node sends for any account, without its key. */
export interface ImpersonatedTransaction {
  to: Address
  data?: Hex
  value?: bigint
  /** Make a block for it at once; leave false where the node mines by itself or a builder drives it. */
  mine?: boolean
}

/** Sends as any account and resolves with the hash once it is mined; throws where it reverts or nobody mines it. */
export async function sendAs(
  rpc: Rpc,
  from: Address,
  { to, data = '0x', value = 0n, mine = false }: ImpersonatedTransaction,
): Promise<Hex> {
  await rpc('anvil_impersonateAccount', from)
  const request = { from, to, data, value: numberToHex(value), gas: numberToHex(GAS_LIMIT) }
  const hash = await rpc<Hex>('eth_sendTransaction', request)
  if (mine) await rpc('evm_mine')
  await waitForReceipt(rpc, hash)
  return hash
}
