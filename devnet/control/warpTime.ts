import { type Hex, numberToHex } from 'viem'
import type { Rpc } from '../anvil/rpc.ts'

/** Moves the chain's clock forward by whole seconds and makes a block there; returns that block's timestamp. */
export async function warpTime(rpc: Rpc, seconds: number): Promise<bigint> {
  if (!Number.isInteger(seconds) || seconds <= 0) throw new Error(`cannot warp by ${seconds} seconds`)
  await rpc('evm_increaseTime', numberToHex(seconds))
  await rpc('evm_mine')
  const block = await rpc<{ timestamp: Hex }>('eth_getBlockByNumber', 'latest', false)
  return BigInt(block.timestamp)
}
