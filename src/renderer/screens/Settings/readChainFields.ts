import { z } from 'zod'
import { type ChainFields, chainFieldsSchema } from '../../../shared/contract/chains.ts'

/** What sites hand to wallets to add a chain (EIP-3085): the chain id in hexadecimal, and more fields than are of use here. */
const pastedSchema = z.object({
  chainId: z.union([z.string().regex(/^0x[0-9a-fA-F]{1,13}$/), z.int().positive()]),
  chainName: z.string(),
  nativeCurrency: z.object({ name: z.string(), symbol: z.string(), decimals: z.number() }),
  rpcUrls: z.array(z.string()),
  blockExplorerUrls: z.array(z.string()).nullish(),
})

/** Reads a chain from pasted JSON, also where it is the parameter list of `wallet_addEthereumChain`; `undefined` where it is none. */
export function readChainFields(text: string): ChainFields | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const pasted = pastedSchema.safeParse(Array.isArray(json) ? json[0] : json)
  if (!pasted.success) return undefined
  const { chainId, chainName, nativeCurrency, rpcUrls, blockExplorerUrls } = pasted.data
  const fields = chainFieldsSchema.safeParse({
    chainId: Number(chainId),
    chainName,
    nativeCurrency,
    rpcUrls,
    ...(blockExplorerUrls ? { blockExplorerUrls } : {}),
  })
  return fields.success ? fields.data : undefined
}
