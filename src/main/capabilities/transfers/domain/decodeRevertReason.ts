import { decodeErrorResult, parseAbi } from 'viem'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'
import type { Hex } from './TransactionFields.ts'

/** Solidity's own errors and those of ERC-6093, which most new tokens use. */
const abi = parseAbi([
  'error Error(string reason)',
  'error Panic(uint256 code)',
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InvalidSender(address sender)',
  'error ERC20InvalidReceiver(address receiver)',
  'error EnforcedPause()',
])

/** Why a contract refused, in its own words where it gave some; one line, safe to show. `message` is what the node said. */
export function decodeRevertReason(data: Hex, message: string): string {
  if (data.length >= 10) {
    try {
      const { errorName, args } = decodeErrorResult({ abi, data })
      if (errorName === 'Error') return toSafeText(args[0], 200)
      if (errorName === 'Panic') return `Panic 0x${args[0].toString(16).padStart(2, '0')}`
      return errorName
    } catch {
      return `Error ${data.slice(0, 10)}`
    }
  }
  return toSafeText(message.replace(/^.*execution reverted:?/i, ''), 200)
}
