import { encodeFunctionData, type Hex, numberToHex, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import type { Rpc } from '../anvil/rpc.ts'
import type { LocalChainManifest } from '../manifest.ts'

/** Mainnet-like; the seeding's light blocks have let it decay to a few wei. */
const BASE_FEE_PER_GAS = 1_000_000_000n

const fundAbi = parseAbi(['function restartAccrual()'])

/**
 * Makes one block at the wall clock's time, from where the chain's time runs on by itself. The treasury bill fund
 * starts to earn from there: otherwise its price would depend on how old the snapshot is. `automine` says whether the
 * node mines by itself upon each transaction; it is held back for the one block.
 */
export async function catchUpWithWallClock(
  rpc: Rpc,
  manifest: LocalChainManifest,
  automine: boolean,
): Promise<void> {
  const latest = await rpc<{ timestamp: Hex }>('eth_getBlockByNumber', 'latest', false)
  const nowS = Math.floor(Date.now() / 1000)
  await rpc('evm_setTime', numberToHex(Math.max(nowS, Number(latest.timestamp) + 1)))
  await rpc('anvil_setNextBlockBaseFeePerGas', numberToHex(BASE_FEE_PER_GAS))
  const fund = manifest.tokenList.tokens.find(({ symbol }) => symbol === 'TBILL')?.address
  if (fund === undefined) throw new Error('the treasury bill fund is not in the manifest')
  if (automine) await rpc('evm_setAutomine', false)
  await rpc('eth_sendTransaction', {
    from: ACCOUNT_ADDRESSES.deployer,
    to: fund,
    data: encodeFunctionData({ abi: fundAbi, functionName: 'restartAccrual' }),
    gas: numberToHex(100_000),
  })
  await rpc('evm_mine')
  if (automine) await rpc('evm_setAutomine', true)
}
