import type { Abi, Account, Address, WalletClient } from 'viem'
import { waitForReceipt } from '../control/waitForReceipt.ts'
import type { TestChain } from './setUpTestChain.ts'

/** A function call to sign and send. */
export interface WriteCall {
  address: Address
  abi: Abi | readonly unknown[]
  functionName: string
  args?: readonly unknown[]
  value?: bigint
}

/** Simulates, signs, sends, and waits; throws with the decoded reason where the simulation reverts. */
export async function transact(
  test: TestChain,
  wallet: WalletClient & { account: Account },
  call: WriteCall,
): Promise<void> {
  const parameters = { ...call, abi: call.abi as Abi, account: wallet.account }
  const { request } = await test.client.simulateContract(parameters)
  // What depends on the time, as interest does, costs nothing in the second of the newest block, and more in the next.
  const gas = 2n * (await test.client.estimateContractGas(parameters))
  const hash = await wallet.writeContract({ ...request, gas } as Parameters<typeof wallet.writeContract>[0])
  await waitForReceipt(test.rpc, hash)
}
