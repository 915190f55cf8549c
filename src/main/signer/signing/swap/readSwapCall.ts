import { bytesToHex, decodeFunctionData, encodeFunctionData, parseAbi } from 'viem/utils'
import type { SwapContracts } from '../../../../shared/contract/signer.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import { readOrderFill } from '../limitOrder/readLimitOrderCall.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { undecodable } from '../undecodable.ts'
import { readRouterCall } from './readRouterCall.ts'
import type { SwapReading } from './SwapReading.ts'

const coin: Address = '0x0000000000000000000000000000000000000000'
const coinAbi = parseAbi(['function deposit() payable', 'function withdraw(uint256 amount)'])
const vaultAbi = parseAbi([
  'struct SingleSwap { bytes32 poolId; uint8 kind; address assetIn; address assetOut; uint256 amount; bytes userData; }',
  'struct FundManagement { address sender; bool fromInternalBalance; address recipient; bool toInternalBalance; }',
  'function swap(SingleSwap singleSwap, FundManagement funds, uint256 limit, uint256 deadline) payable returns (uint256)',
])
const depositSelector = '0xd0e30db0'
const withdrawSelector = '0x2e1a7d4d'

/**
 * What a transaction swaps, where it is one of the calls that Minato makes to the contracts of its chain; `undefined` for a
 * transaction to anything else.
 *
 * @throws AppError `signing.undecodable` for any other call to these contracts.
 */
export function readSwapCall(
  transaction: DecodedTransaction,
  contracts: SwapContracts,
  account: Address,
): SwapReading | undefined {
  const { to, data } = transaction
  if (isSameAddress(to, contracts.universalRouter)) return readRouterCall(transaction, contracts)
  if (contracts.balancerVault && isSameAddress(to, contracts.balancerVault)) {
    return readVaultCall(transaction, contracts.balancerVault, account)
  }
  if (contracts.limitOrderProtocol && isSameAddress(to, contracts.limitOrderProtocol)) {
    return readOrderFill(transaction, contracts.limitOrderProtocol)
  }
  if (!isSameAddress(to, contracts.wrappedNative) || data.length < 4) return undefined
  const selector = bytesToHex(data.subarray(0, 4))
  return selector === depositSelector || selector === withdrawSelector
    ? readConversion(transaction, contracts.wrappedNative)
    : undefined
}

function readConversion(transaction: DecodedTransaction, wrapped: Address): SwapReading {
  const data = bytesToHex(transaction.data)
  const common = { deadline: undefined, permit: undefined, takenBy: undefined, throughName: '' }
  if (data === depositSelector) {
    if (transaction.value === 0n) throw undecodable('noMinimum')
    const amount = transaction.value
    return { sold: coin, maximumSold: amount, bought: wrapped, minimumBought: amount, ...common }
  }
  const { functionName, args } = decode(coinAbi, data)
  if (functionName !== 'withdraw') throw undecodable('unknownCall')
  if (transaction.value !== 0n) throw undecodable('valueWithCall')
  const [amount] = args as readonly [bigint]
  if (amount === 0n) throw undecodable('noMinimum')
  return { sold: wrapped, maximumSold: amount, bought: coin, minimumBought: amount, ...common }
}

function readVaultCall(transaction: DecodedTransaction, vault: Address, account: Address): SwapReading {
  if (transaction.value !== 0n) throw undecodable('valueWithCall')
  const { args } = decode(vaultAbi, bytesToHex(transaction.data))
  const [swap, funds, limit, deadline] = args as readonly [
    { kind: number; assetIn: Address; assetOut: Address; amount: bigint; userData: string },
    { sender: Address; fromInternalBalance: boolean; recipient: Address; toInternalBalance: boolean },
    bigint,
    bigint,
  ]
  if (!isSameAddress(funds.recipient, account) || !isSameAddress(funds.sender, account)) {
    throw undecodable('foreignRecipient')
  }
  if (funds.fromInternalBalance || funds.toInternalBalance || swap.userData !== '0x') {
    throw undecodable('unknownCommand')
  }
  if (swap.kind > 1 || isSameAddress(swap.assetIn, swap.assetOut)) throw undecodable('unknownCommand')
  // The vault's name for the coin; it would need a value, which stands at nothing.
  if (swap.assetIn === coin || swap.assetOut === coin) throw undecodable('unknownCommand')
  const [maximumSold, minimumBought] = swap.kind === 0 ? [swap.amount, limit] : [limit, swap.amount]
  if (minimumBought === 0n || maximumSold === 0n) throw undecodable('noMinimum')
  return {
    sold: swap.assetIn,
    maximumSold,
    bought: swap.assetOut,
    minimumBought,
    deadline,
    permit: undefined,
    takenBy: vault,
    throughName: 'Balancer',
  }
}

/** One meaning, one encoding. @throws AppError `signing.undecodable` */
function decode(abi: typeof coinAbi | typeof vaultAbi, data: `0x${string}`) {
  try {
    const { functionName, args } = decodeFunctionData({ abi, data })
    if (encodeFunctionData({ abi, functionName, args } as never) === data) return { functionName, args }
  } catch {
    // Told below.
  }
  throw undecodable('unknownCall')
}
