export { ACCOUNT_ADDRESSES, ACCOUNT_ROLES, type AccountRole, accountOf, DEVNET_MNEMONIC } from './accounts.ts'
export { createRpc, type Rpc, RpcError } from './anvil/rpc.ts'
export type { LocalChainManifest, PoolEntry, TokenList, TokenListEntry } from './manifest.ts'
export { type LocalChain, type StartChainOptions, startChain } from './startChain.ts'
