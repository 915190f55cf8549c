import { type Address, toHex } from 'viem'
import { mnemonicToAccount, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

/** Anvil's well-known phrase: public knowledge, so nothing of value may ever stand under it. */
export const DEVNET_MNEMONIC = 'test test test test test test test test test test test junk'

/** How many accounts of the phrase anvil unlocks; one for each role below. */
export const DEVNET_ACCOUNT_COUNT = 12

/** What each account of the phrase is for, at the index on BIP-44 path m/44'/60'/0'/0/index. */
export const ACCOUNT_ROLES = {
  /** Owns every seeded contract: issues tokens, freezes holders, sets feeds, keeps the T-REX registries. */
  deployer: 0,
  /** The newcomer's account: funded with everything, verified for the building, named practice.eth. */
  practice: 1,
  /** A second person to pay, verified for the building, named hana.eth. */
  friend: 2,
  arbitrageur: 3,
  traderOne: 4,
  traderTwo: 5,
  /** Sandwiches public swaps when the market actors are switched on. */
  attacker: 6,
  /** Receives the tips of the blocks that the builder makes. */
  builderCoinbase: 7,
  /** Holds large balances of every token, to fund accounts that tests and newcomers create. */
  faucet: 8,
  /** Owns the contract that holds the seeded liquidity. */
  liquidityProvider: 9,
  /** Bought the building while verified, then lost the verification: holds, may not receive. */
  lapsedInvestor: 10,
  /** Has ETH and nothing else; never verified. */
  outsider: 11,
} as const

export type AccountRole = keyof typeof ACCOUNT_ROLES

// Stretching the phrase takes most of a derivation, and every process that knows the roles does it: once is enough.
const parent = mnemonicToAccount(DEVNET_MNEMONIC, { path: "m/44'/60'/0'/0" }).getHdKey()

/** The signing account at an index of the phrase, for tests and actors that sign by themselves. */
export function accountAt(index: number): PrivateKeyAccount {
  const { privateKey } = parent.deriveChild(index)
  if (!privateKey) throw new Error('The phrase gave no private key')
  return privateKeyToAccount(toHex(privateKey))
}

/** The signing account of a role. */
export function accountOf(role: AccountRole): PrivateKeyAccount {
  return accountAt(ACCOUNT_ROLES[role])
}

/** The address of each role, derived once from the phrase. */
export const ACCOUNT_ADDRESSES = Object.fromEntries(
  Object.entries(ACCOUNT_ROLES).map(([role, index]) => [role, accountAt(index).address]),
) as Record<AccountRole, Address>
