import { numberToHex } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { accountOf } from '../accounts.ts'
import { createRpc, type Rpc } from '../anvil/rpc.ts'
import { type Devnet, startDevnet } from '../builder/startDevnet.ts'

/** The chain of one test file and its builder, which makes blocks on `minato_mine` only. */
export interface TestDevnet {
  readonly devnet: Devnet
  /** The builder, as whoever trades on the chain asks it. */
  readonly rpc: Rpc
  /** The node behind it, which does what it is told. */
  readonly node: Rpc
}

/** Starts a devnet for the file's tests; each begins from the seeded state, and from what the file's own `beforeAll` did. */
export function setUpTestDevnet(): TestDevnet {
  let devnet: Devnet
  let rpc: Rpc
  let node: Rpc
  let checkpoint: unknown
  let tests = 0

  beforeAll(async () => {
    devnet = await startDevnet({ blockTimeMs: 0 })
    rpc = createRpc(devnet.rpcUrl)
    node = createRpc(devnet.chain.rpcUrl)
  })
  afterAll(() => devnet?.stop())
  beforeEach(async () => {
    checkpoint = await node('evm_snapshot')
    // The block builder does not forget with the chain: no transaction may look like one of an earlier test.
    tests += 1
    await node('anvil_setNonce', accountOf('practice').address, numberToHex(tests * 100))
    // What is set by hand is proven by no block but the next.
    await node('evm_mine')
  })
  afterEach(async () => {
    await devnet.actors.stopAll()
    await node('evm_revert', checkpoint)
  })

  return {
    get devnet() {
      return devnet
    },
    get rpc() {
      return rpc
    },
    get node() {
      return node
    },
  }
}
