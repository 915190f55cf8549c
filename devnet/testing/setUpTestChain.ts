import {
  type Account,
  type Address,
  createPublicClient,
  createWalletClient,
  http,
  type PublicClient,
  type WalletClient,
} from 'viem'
import { foundry } from 'viem/chains'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type AccountRole, accountOf } from '../accounts.ts'
import { createRpc, type Rpc } from '../anvil/rpc.ts'
import { type LocalChain, startChain } from '../startChain.ts'

/** The chain of one test file, with clients. */
export interface TestChain {
  readonly chain: LocalChain
  readonly rpc: Rpc
  readonly client: PublicClient
  /** A wallet that signs with a role's key. */
  wallet(role: AccountRole): WalletClient & { account: Account }
  /** The address of a contract in the manifest. */
  contract(name: string): Address
  /** The address of a listed token. */
  token(symbol: string): Address
}

/** Starts a chain for the file's tests; each test begins from the seeded state. */
export function setUpTestChain(): TestChain {
  let chain: LocalChain
  let rpc: Rpc
  let client: PublicClient
  let checkpoint: unknown
  const transport = () => http(chain.rpcUrl, { retryCount: 0 })

  beforeAll(async () => {
    chain = await startChain({ mining: 'auto' })
    rpc = createRpc(chain.rpcUrl)
    client = createPublicClient({ chain: foundry, transport: transport(), pollingInterval: 10, cacheTime: 0 })
  })
  afterAll(() => chain?.stop())
  beforeEach(async () => {
    checkpoint = await rpc('evm_snapshot')
  })
  afterEach(async () => {
    await rpc('evm_revert', checkpoint)
  })

  return {
    get chain() {
      return chain
    },
    get rpc() {
      return rpc
    },
    get client() {
      return client
    },
    wallet: (role) =>
      createWalletClient({ account: accountOf(role), chain: foundry, transport: transport() }),
    contract: (name) => {
      const address = chain.manifest.contracts[name]
      if (address === undefined) throw new Error(`no contract ${name} in the manifest`)
      return address
    },
    token: (symbol) => {
      const entry = chain.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
      if (entry === undefined) throw new Error(`no token ${symbol} in the list`)
      return entry.address
    },
  }
}
