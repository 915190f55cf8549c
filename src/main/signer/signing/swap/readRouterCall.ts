import {
  bytesToHex,
  decodeAbiParameters,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  parseAbi,
  parseAbiParameters,
} from 'viem/utils'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { undecodable } from '../undecodable.ts'
import type { PermitReading, SwapReading } from './SwapReading.ts'

type Hex = `0x${string}`

const routerAbi = parseAbi(['function execute(bytes commands, bytes[] inputs, uint256 deadline) payable'])
const coin: Address = '0x0000000000000000000000000000000000000000'
/** The router's names for whoever called it and for itself; every other recipient is somebody else. */
const toUser = 1n
const toRouter = 2n
const wholeBalance = 1n << 255n
const greatestPermit = (1n << 160n) - 1n
/** More than any route needs; each is read, but nobody has to read a thousand. */
const mostCommands = 64

const v2Parameters = parseAbiParameters('address, uint256, uint256, address[], bool')
const v3Parameters = parseAbiParameters('address, uint256, uint256, bytes, bool')
const moveParameters = parseAbiParameters('address, address, uint256')
const coinParameters = parseAbiParameters('address, uint256')
const v4Parameters = parseAbiParameters('bytes, bytes[]')
const settleParameters = parseAbiParameters('address, uint256, bool')
const permitParameters = parseAbiParameters([
  'PermitSingle permit, bytes signature',
  'struct PermitDetails { address token; uint160 amount; uint48 expiration; uint48 nonce; }',
  'struct PermitSingle { PermitDetails details; address spender; uint256 sigDeadline; }',
])
const singleParameters = parseAbiParameters([
  'Single params',
  'struct PoolKey { address currency0; address currency1; uint24 fee; int24 tickSpacing; address hooks; }',
  'struct Single { PoolKey poolKey; bool zeroForOne; uint128 amount; uint128 limit; bytes hookData; }',
])

/** A router of the Universal Router's design, and the contract that keeps its permits. */
export interface KnownRouter {
  readonly name: string
  readonly universalRouter: Address
  readonly permit2: Address
  /** Whether it understands Uniswap v4. */
  readonly isUniswap: boolean
}

/** What the commands add up to. Amounts are in tokens by lower-case address. */
interface Ledger {
  readonly spent: Map<string, bigint>
  readonly guaranteed: Map<string, bigint>
}

/**
 * Reads a call of the Universal Router command by command: what may leave the account at most, and what must reach it at least.
 * Only the commands of a swap are understood, and only the account itself may receive anything.
 *
 * @throws AppError `signing.undecodable`
 */
export function readRouterCall(transaction: DecodedTransaction, router: KnownRouter): SwapReading {
  const { commands, inputs, deadline } = readExecute(bytesToHex(transaction.data))
  const ledger: Ledger = { spent: new Map(), guaranteed: new Map() }
  let permit: PermitReading | undefined
  if (transaction.value > 0n) add(ledger.spent, coin, transaction.value)
  for (const [index, command] of commands.entries()) {
    const input = inputs[index] as Hex
    switch (command) {
      case 0x00:
      case 0x01:
        readV3(input, command === 0x00, ledger)
        break
      case 0x08:
      case 0x09:
        readV2(input, command === 0x08, ledger)
        break
      case 0x10:
        // Forks give this number to pools of their own.
        if (!router.isUniswap) throw undecodable('unknownCommand')
        readV4(input, ledger)
        break
      case 0x02: {
        const [token, recipient, amount] = read(moveParameters, input)
        if (BigInt(recipient) !== toRouter) throw undecodable('foreignRecipient')
        add(ledger.spent, token, boundedAmount(amount))
        break
      }
      case 0x04: {
        const [token, recipient, minimum] = read(moveParameters, input)
        if (BigInt(recipient) !== toUser) throw undecodable('foreignRecipient')
        add(ledger.guaranteed, token, minimum)
        break
      }
      case 0x0a:
        // One, and before anything is taken: a permit is for this swap alone.
        if (index !== 0) throw undecodable('unknownCommand')
        permit = readPermit(input, router)
        break
      case 0x0b: {
        const [recipient] = read(coinParameters, input)
        if (BigInt(recipient) !== toRouter) throw undecodable('foreignRecipient')
        break
      }
      case 0x0c: {
        const [recipient, minimum] = read(coinParameters, input)
        if (isForUser(recipient)) add(ledger.guaranteed, coin, minimum)
        break
      }
      default:
        throw undecodable('unknownCommand')
    }
  }
  return summarise(ledger, permit, deadline, router)
}

function summarise(
  ledger: Ledger,
  permit: PermitReading | undefined,
  deadline: bigint,
  router: KnownRouter,
): SwapReading {
  const spent = [...ledger.spent].filter(([, amount]) => amount > 0n)
  const guaranteed = [...ledger.guaranteed].filter(([, amount]) => amount > 0n)
  const [sold] = spent
  const [bought] = guaranteed
  if (!sold || !bought || spent.length > 1 || guaranteed.length > 1 || sold[0] === bought[0]) {
    throw undecodable('noMinimum')
  }
  // Permit2 counts in 160 bits, of which the greatest means without limit.
  if (sold[1] >= greatestPermit) throw undecodable('unlimitedAllowance')
  if (permit && (!isSameAddress(permit.token, sold[0] as Address) || permit.amount !== sold[1])) {
    throw undecodable('unlimitedAllowance')
  }
  return {
    sold: sold[0] as Address,
    maximumSold: sold[1],
    bought: bought[0] as Address,
    minimumBought: bought[1],
    deadline,
    permit,
    takenBy: sold[0] === coin ? undefined : router.permit2,
    throughName: router.name,
  }
}

function readExecute(data: Hex): { commands: readonly number[]; inputs: readonly Hex[]; deadline: bigint } {
  try {
    const { args } = decodeFunctionData({ abi: routerAbi, data })
    const [commands, inputs, deadline] = args
    if (encodeFunctionData({ abi: routerAbi, functionName: 'execute', args }) === data) {
      const codes = commands.slice(2).match(/../g) ?? []
      if (codes.length === inputs.length && codes.length > 0 && codes.length <= mostCommands) {
        return { commands: codes.map((code) => Number.parseInt(code, 16)), inputs, deadline }
      }
    }
  } catch {
    // Not this function, or not well-formed: told below like everything else that is not understood.
  }
  throw undecodable('unknownCall')
}

function readV3(input: Hex, isExactIn: boolean, ledger: Ledger): void {
  const [recipient, amount, limit, path, isPaidByUser] = read(v3Parameters, input)
  const hops = (path.length - 2 - 40) / 46
  if (!Number.isInteger(hops) || hops < 1) throw undecodable('unknownCommand')
  const first = `0x${path.slice(2, 42)}` as Address
  const last = `0x${path.slice(-40)}` as Address
  // For an exact output the path stands backwards.
  const [tokenIn, tokenOut] = isExactIn ? [first, last] : [last, first]
  book(ledger, { recipient, amount, limit, tokenIn, tokenOut, isPaidByUser, isExactIn })
}

function readV2(input: Hex, isExactIn: boolean, ledger: Ledger): void {
  const [recipient, amount, limit, path, isPaidByUser] = read(v2Parameters, input)
  const tokenIn = path[0]
  const tokenOut = path.at(-1)
  if (!tokenIn || !tokenOut || path.length < 2) throw undecodable('unknownCommand')
  book(ledger, { recipient, amount, limit, tokenIn, tokenOut, isPaidByUser, isExactIn })
}

interface Swap {
  readonly recipient: Address
  readonly amount: bigint
  readonly limit: bigint
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly isPaidByUser: boolean
  readonly isExactIn: boolean
}

function book(ledger: Ledger, swap: Swap): void {
  const { tokenIn, tokenOut, amount, limit, isExactIn } = swap
  if (swap.isPaidByUser) add(ledger.spent, tokenIn, boundedAmount(isExactIn ? amount : limit))
  if (isForUser(swap.recipient)) add(ledger.guaranteed, tokenOut, isExactIn ? limit : amount)
}

/** Exactly the two shapes that a swap needs: pay, swap, take; or swap backwards, pay what is owed, take. */
function readV4(input: Hex, ledger: Ledger): void {
  const [codes, parameters] = read(v4Parameters, input)
  const isExactIn = codes === '0x0b060e'
  const swapCount = parameters.length - 2
  if (!isExactIn && codes !== `0x${'08'.repeat(Math.max(swapCount, 1))}0b0e`)
    throw undecodable('unknownCommand')
  if (parameters.length !== codes.length / 2 - 1) throw undecodable('unknownCommand')
  const swaps = (isExactIn ? parameters.slice(1, 2) : parameters.slice(0, -2)).map(readSingle)
  const [settledToken, settled, isPaidByUser] = read(
    settleParameters,
    (isExactIn ? parameters[0] : parameters.at(-2)) as Hex,
  )
  const [takenToken, recipient, taken] = read(moveParameters, parameters.at(-1) as Hex)
  // Backwards: the first swap makes the output, the last one takes the input.
  const outer = swaps[0]
  const inner = swaps.at(-1)
  if (!outer || !inner) throw undecodable('unknownCommand')
  const areJoined = swaps.every((swap, index) => {
    const next = swaps[index + 1]
    return !next || isSameAddress(swap.tokenIn, next.tokenOut)
  })
  const isWhole =
    areJoined &&
    isSameAddress(takenToken, outer.tokenOut) &&
    isSameAddress(settledToken, inner.tokenIn) &&
    taken === 0n &&
    (isExactIn ? outer.amount === 0n : settled === 0n && swaps.slice(1).every(({ amount }) => amount === 0n))
  if (!isWhole || (!isExactIn && outer.amount === 0n)) throw undecodable('unknownCommand')
  book(ledger, {
    recipient,
    amount: isExactIn ? settled : outer.amount,
    limit: inner.limit,
    tokenIn: inner.tokenIn,
    tokenOut: outer.tokenOut,
    isPaidByUser,
    isExactIn,
  })
}

function readSingle(input: Hex) {
  const [{ poolKey, zeroForOne, amount, limit, hookData }] = read(singleParameters, input)
  // A hook is foreign code that could take anything it is let.
  if (poolKey.hooks !== coin || hookData !== '0x') throw undecodable('unknownCommand')
  const [tokenIn, tokenOut] = zeroForOne
    ? [poolKey.currency0, poolKey.currency1]
    : [poolKey.currency1, poolKey.currency0]
  return { tokenIn, tokenOut, amount, limit }
}

function readPermit(input: Hex, router: KnownRouter): PermitReading {
  const [{ details, spender, sigDeadline }, signature] = read(permitParameters, input)
  if (!isSameAddress(spender, router.universalRouter)) throw undecodable('foreignSpender')
  // Only a blank can be filled in; anything else is somebody's signature.
  if (signature !== `0x${'00'.repeat(65)}`) throw undecodable('unknownCommand')
  return { ...details, permit2: router.permit2, spender, signatureDeadline: sigDeadline }
}

function isForUser(recipient: Address): boolean {
  const value = BigInt(recipient)
  if (value !== toUser && value !== toRouter) throw undecodable('foreignRecipient')
  return value === toUser
}

/** An amount that is taken from the account: never "all that there is", and never nothing, which means "paid already". */
function boundedAmount(amount: bigint): bigint {
  if (amount === 0n || amount >= wholeBalance) throw undecodable('unlimitedAllowance')
  return amount
}

function add(amounts: Map<string, bigint>, token: Address, amount: bigint): void {
  const key = token.toLowerCase()
  amounts.set(key, (amounts.get(key) ?? 0n) + amount)
}

/** One meaning, one encoding: what a lenient reader let pass does not encode to the same bytes. */
function read<const Parameters extends Parameters0>(parameters: Parameters, input: Hex) {
  try {
    const values = decodeAbiParameters(parameters, input)
    if (encodeAbiParameters(parameters, values as never) === input) return values
  } catch {
    // Told below.
  }
  throw undecodable('malformed')
}
type Parameters0 = Parameters<typeof decodeAbiParameters>[0]
