import { type Address, type Hex, numberToHex } from 'viem'
import type { Rpc } from '../anvil/rpc.ts'

const TIMEOUT_MS = 20_000
const POLL_MS = 10
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
  const deadline = performance.now() + TIMEOUT_MS
  for (;;) {
    const receipt = await rpc<{ status: Hex } | null>('eth_getTransactionReceipt', hash)
    if (receipt?.status === '0x1') return hash
    if (receipt !== null) throw new Error(`the transaction ${hash} sent as ${from} reverted`)
    if (performance.now() > deadline) throw new Error(`the transaction ${hash} sent as ${from} was not mined`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
