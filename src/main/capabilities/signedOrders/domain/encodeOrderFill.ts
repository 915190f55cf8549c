import { encodeFunctionData, parseCompactSignature, parseSignature, signatureToCompactSignature } from 'viem'
import { limitOrderAbi, type SignedOrder, toContractOrder } from '../../orderbook/index.ts'
import type { CallFields } from '../../transfers/index.ts'

const extensionOffset = 224n

/**
 * The call that fills a signed order: pays `taking` for at least `making`, and less for less, at no worse a rate, where others have
 * taken a part of it first.
 *
 * @param isByKey whether the maker signed with a key; contracts sign in their own way (EIP-1271).
 */
export function encodeOrderFill(
  { contract, order, extension, signature }: SignedOrder,
  { taking, making }: { readonly taking: bigint; readonly making: bigint },
  isByKey: boolean,
): CallFields {
  const extensionLength = BigInt(extension.length / 2 - 1)
  const takerTraits = making | (extensionLength << extensionOffset)
  const words = toContractOrder(order)
  const hasExtension = extensionLength > 0n
  if (!isByKey) {
    const data = hasExtension
      ? encodeFunctionData({
          abi: limitOrderAbi,
          functionName: 'fillContractOrderArgs',
          args: [words, signature, taking, takerTraits, extension],
        })
      : encodeFunctionData({
          abi: limitOrderAbi,
          functionName: 'fillContractOrder',
          args: [words, signature, taking, takerTraits],
        })
    return { to: contract, value: 0n, data }
  }
  const compact =
    signature.length === 130
      ? parseCompactSignature(signature)
      : signatureToCompactSignature(parseSignature(signature))
  const { r, yParityAndS } = compact
  const data = hasExtension
    ? encodeFunctionData({
        abi: limitOrderAbi,
        functionName: 'fillOrderArgs',
        args: [words, r, yParityAndS, taking, takerTraits, extension],
      })
    : encodeFunctionData({
        abi: limitOrderAbi,
        functionName: 'fillOrder',
        args: [words, r, yParityAndS, taking, takerTraits],
      })
  return { to: contract, value: 0n, data }
}
