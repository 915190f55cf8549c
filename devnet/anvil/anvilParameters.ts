import { DEVNET_ACCOUNT_COUNT, DEVNET_MNEMONIC } from '../accounts.ts'

/** Mainnet's block gas limit of 2026. */
const BLOCK_GAS_LIMIT = 60_000_000

/** What anvil is told the same way when the chain is built and when it is restored. */
export const COMMON_ANVIL_PARAMETERS: readonly string[] = [
  '--mnemonic',
  DEVNET_MNEMONIC,
  '--accounts',
  String(DEVNET_ACCOUNT_COUNT),
  '--gas-limit',
  String(BLOCK_GAS_LIMIT),
]

/** Mining only when told, in the order of arrival: the seeding and the block builder decide what a block holds. */
export const MINE_WHEN_TOLD: readonly string[] = ['--no-mining', '--order', 'fifo']
