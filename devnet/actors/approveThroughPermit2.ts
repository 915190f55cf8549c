import { type Address, encodeFunctionData } from 'viem'
import type { Market } from './connectMarket.ts'
import { permit2Abi } from './protocolAbis.ts'
import { contractAddress } from './swapCalls.ts'

const longest = { amount: 2n ** 160n - 1n, expiration: 2 ** 48 - 1 }
const approvalGas = 100_000n

/** Lets `spender` pull tokens through Permit2 without limit, where that is still to do. */
export async function approveThroughPermit2(
  market: Market,
  tokens: readonly Address[],
  spender: Address,
): Promise<void> {
  const permit2 = contractAddress(market.manifest, 'permit2')
  await market.approve(tokens, permit2)
  const allowances = await market.client.multicall({
    allowFailure: false,
    contracts: tokens.map((token) => ({
      address: permit2,
      abi: permit2Abi,
      functionName: 'allowance' as const,
      args: [market.address, token, spender] as const,
    })),
  })
  const fees = await market.readFees()
  let nonce = await market.readNonce()
  for (const [index, token] of tokens.entries()) {
    if ((allowances[index]?.[0] ?? 0n) > longest.amount / 2n) continue
    const data = encodeFunctionData({
      abi: permit2Abi,
      functionName: 'approve',
      args: [token, spender, longest.amount, longest.expiration],
    })
    const raw = await market.sign({
      to: permit2,
      data,
      gas: approvalGas,
      nonce,
      maxFeePerGas: fees.maxFeePerGas,
      maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
    })
    await market.request('eth_sendRawTransaction', [raw])
    nonce += 1
  }
}
