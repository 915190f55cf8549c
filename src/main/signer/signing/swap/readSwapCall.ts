import { bytesToHex, decodeFunctionData, encodeFunctionData, parseAbi } from 'viem/utils'
import type { SwapContracts } from '../../../../shared/contract/signer.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import { readOrderFill } from '../limitOrder/readLimitOrderCall.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { undecodable } from '../undecodable.ts'
import { type KnownRouter, readRouterCall } from './readRouterCall.ts'
import type { SwapReading } from './SwapReading.ts'

const coin: Address = '0x0000000000000000000000000000000000000000'
const coinAbi = parseAbi(['function deposit() payable', 'function withdraw(uint256 amount)'])
const vaultAbi = parseAbi([
  'struct SingleSwap { bytes32 poolId; uint8 kind; address assetIn; address assetOut; uint256 amount; bytes userData; }',
  'struct FundManagement { address sender; bool fromInternalBalance; address recipient; bool toInternalBalance; }',
  'function swap(SingleSwap singleSwap, FundManagement funds, uint256 limit, uint256 deadline) payable returns (uint256)',
])
/** CurveRouterNG 1.1: a route of tokens and pools in turn, and for each pool its indices, the kind of swap and the kind of pool. */
const curveAbi = parseAbi([
  'function exchange(address[11] route, uint256[5][5] swaps, uint256 amount, uint256 minimum) payable returns (uint256)',
])
/** ERC-4626. */
const mintAbi = parseAbi(['function mint(uint256 shares, address receiver) returns (uint256 assets)'])
const mintSelector = '0x94bf804d'
/** Curve's name for the coin. */
const curveCoin: Address = '0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE'
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
  const router = routersOf(contracts).find(({ universalRouter }) => isSameAddress(to, universalRouter))
  if (router) return readRouterCall(transaction, router)
  if (contracts.curveRouter && isSameAddress(to, contracts.curveRouter)) {
    return readCurveCall(transaction, contracts.curveRouter)
  }
  const vault = contracts.vaults?.find(({ share }) => isSameAddress(to, share))
  if (vault && transaction.data.length >= 4 && bytesToHex(transaction.data.subarray(0, 4)) === mintSelector) {
    return readMint(transaction, vault, account)
  }
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

function routersOf({ universalRouter, permit2, otherRouters = [] }: SwapContracts): readonly KnownRouter[] {
  return [
    { name: 'Uniswap', universalRouter, permit2, isUniswap: true },
    ...otherRouters.map((router) => ({ ...router, isUniswap: false })),
  ]
}

/** The router takes the first token of a route and enforces the minimum of its last, whatever lies between. */
function readCurveCall(transaction: DecodedTransaction, router: Address): SwapReading {
  if (transaction.value !== 0n) throw undecodable('valueWithCall')
  const [route, , amount, minimum] = decode(curveAbi, bytesToHex(transaction.data)).args as readonly [
    readonly Address[],
    unknown,
    bigint,
    bigint,
  ]
  const end = route.indexOf(coin)
  const used = end < 0 ? route : route.slice(0, end)
  const [sold] = used
  const bought = used.at(-1)
  const isWhole =
    used.length >= 3 && used.length % 2 === 1 && route.slice(used.length).every((at) => at === coin)
  if (!isWhole || !sold || !bought || isSameAddress(sold, bought)) throw undecodable('unknownCommand')
  if ([sold, bought].some((token) => isSameAddress(token, curveCoin))) throw undecodable('unknownCommand')
  if (amount === 0n || minimum === 0n) throw undecodable('noMinimum')
  const common = { deadline: undefined, permit: undefined, takenBy: router, throughName: 'Curve' }
  return { sold, maximumSold: amount, bought, minimumBought: minimum, ...common }
}

/**
 * Shares of a vault, exactly so many. The call itself says nothing of what they cost: the allowance before it does, so that there
 * has to be one.
 */
function readMint(
  transaction: DecodedTransaction,
  { share, asset }: { readonly share: Address; readonly asset: Address },
  account: Address,
): SwapReading {
  if (transaction.value !== 0n) throw undecodable('valueWithCall')
  const [shares, receiver] = decode(mintAbi, bytesToHex(transaction.data)).args as readonly [bigint, Address]
  if (!isSameAddress(receiver, account)) throw undecodable('foreignRecipient')
  if (shares === 0n) throw undecodable('noMinimum')
  return {
    sold: asset,
    maximumSold: 'allowance',
    bought: share,
    minimumBought: shares,
    deadline: undefined,
    permit: undefined,
    takenBy: share,
    throughName: 'ERC-4626',
  }
}

/** One meaning, one encoding. @throws AppError `signing.undecodable` */
function decode(
  abi: typeof coinAbi | typeof vaultAbi | typeof curveAbi | typeof mintAbi,
  data: `0x${string}`,
) {
  try {
    const { functionName, args } = decodeFunctionData({ abi, data })
    if (encodeFunctionData({ abi, functionName, args } as never) === data) return { functionName, args }
  } catch {
    // Told below.
  }
  throw undecodable('unknownCall')
}
