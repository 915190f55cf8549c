import type { Address } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import type { SeedingChain } from '../deploy/seedingChain.ts'
import { loadArtifact } from '../vendor/artifact.ts'

/** The two tranches: who buys the second one is paid after the first. */
export const LOAN_TRANCHES = { senior: 1n, junior: 2n } as const
/** The release time that the issuer announces for what is locked: 1 January 2028. */
const LOCKED_UNTIL_S = 1_830_297_600n

/** Deploys loans in two tranches (ERC-7518): the practice account holds the senior one, in part locked, and is not admitted to the other. */
export async function deployLoans(chain: SeedingChain): Promise<Record<string, Address>> {
  const { deployer, practice, friend } = ACCOUNT_ADDRESSES
  const { senior, junior } = LOAN_TRANCHES
  const quayLoans = await chain.deploy(deployer, 'PartitionedAsset', ['Quay Harbour Loans', 'QLOAN'])
  const { abi } = loadArtifact('PartitionedAsset')
  const write = (functionName: string, args: unknown[]) =>
    chain.write(deployer, quayLoans, abi, functionName, args)
  await write('mint', [practice, senior, 40n])
  await write('mint', [friend, senior, 25n])
  await write('mint', [friend, junior, 10n])
  await write('lockTokens', [practice, senior, 15n, LOCKED_UNTIL_S])
  return { quayLoans }
}
