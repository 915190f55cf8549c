import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Hex, pad, toEventSelector } from 'viem'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_ADDRESSES } from './accounts.ts'
import { createRpc } from './anvil/rpc.ts'
import { waitForReceipt } from './control/waitForReceipt.ts'
import { startChain } from './startChain.ts'

const refused = (rpcUrl: string) =>
  createRpc(rpcUrl)('eth_chainId').then(
    () => false,
    () => true,
  )

const transfer = { from: ACCOUNT_ADDRESSES.faucet, to: ACCOUNT_ADDRESSES.outsider, value: '0x1' }

const TRANSFER = toEventSelector('Transfer(address,address,uint256)')

interface Block {
  number: Hex
  timestamp: Hex
  baseFeePerGas: Hex
}

describe('startChain', () => {
  it('mines upon each transaction, at the time of the wall clock, and stops for good', async () => {
    const chain = await startChain({ mining: 'auto' })
    const rpc = createRpc(chain.rpcUrl)
    try {
      expect(await rpc('eth_chainId')).toBe('0x7a69')
      expect(chain.manifest.rpcUrls).toEqual([chain.rpcUrl])
      const seeded = await rpc<Block>('eth_getBlockByNumber', 'latest', false)
      expect(BigInt(seeded.baseFeePerGas)).toBe(1_000_000_000n)
      // The seeding's transfers are still in the logs, from which a wallet reads its history.
      const logs = await rpc<object[]>('eth_getLogs', {
        fromBlock: '0x0',
        topics: [TRANSFER, null, pad(ACCOUNT_ADDRESSES.friend)],
      })
      expect(logs).toHaveLength(5)
      const { blockNumber } = await waitForReceipt(rpc, await rpc<Hex>('eth_sendTransaction', transfer))
      expect(BigInt(blockNumber)).toBe(BigInt(seeded.number) + 1n)
      const latest = await rpc<Block>('eth_getBlockByNumber', 'latest', false)
      expect(Math.abs(Number(latest.timestamp) - Date.now() / 1000)).toBeLessThan(5)
    } finally {
      await chain.stop()
    }
    await chain.stop()
    expect(await refused(chain.rpcUrl)).toBe(true)
  })

  it('mines only when told, for a block builder', async () => {
    const chain = await startChain({ mining: 'builder' })
    const rpc = createRpc(chain.rpcUrl)
    try {
      const hash = await rpc<Hex>('eth_sendTransaction', transfer)
      const pool = await rpc<{ pending: object }>('txpool_content')
      expect(Object.keys(pool.pending)).toHaveLength(1)
      expect(await rpc('eth_getTransactionReceipt', hash)).toBeNull()
      await rpc('evm_mine')
      await waitForReceipt(rpc, hash)
    } finally {
      await chain.stop()
    }
  })

  it('makes blocks at an interval where one is given', async () => {
    const chain = await startChain({ mining: 'auto', blockTimeMs: 1000 })
    const rpc = createRpc(chain.rpcUrl)
    try {
      const start = await rpc<Hex>('eth_blockNumber')
      await expect.poll(() => rpc<Hex>('eth_blockNumber'), { timeout: 10_000 }).not.toBe(start)
    } finally {
      await chain.stop()
    }
  })

  it('leaves no node behind when its process is killed', async () => {
    const module = join(import.meta.dirname, 'startChain.ts')
    const script = `import { startChain } from ${JSON.stringify(module)}
      console.log((await startChain({ mining: 'auto' })).rpcUrl)`
    const parent = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [rpcUrl] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
    expect(await refused(rpcUrl)).toBe(false)
    parent.kill('SIGKILL')
    await expect.poll(() => refused(rpcUrl), { timeout: 10_000 }).toBe(true)
  })
})
