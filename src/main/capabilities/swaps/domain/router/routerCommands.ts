import { decodeAbiParameters, encodeAbiParameters, parseAbi, parseAbiParameters } from 'viem'
import type { Address } from '../../../../../shared/identity/identity.ts'
import type { Hex } from '../../../transfers/index.ts'
import type { V4PoolKey } from '../poolAddresses.ts'

/** The router's commands that are used (universal-router, libraries/Commands.sol). */
export const command = {
  v3ExactIn: 0x00,
  v3ExactOut: 0x01,
  permit2TransferFrom: 0x02,
  sweep: 0x04,
  v2ExactIn: 0x08,
  v2ExactOut: 0x09,
  permit2Permit: 0x0a,
  wrapCoin: 0x0b,
  unwrapCoin: 0x0c,
  v4Swap: 0x10,
} as const

/** The V4 actions that are used (v4-periphery, libraries/Actions.sol). */
const action = { exactInSingle: 0x06, exactOutSingle: 0x08, settle: 0x0b, take: 0x0e } as const

/** Whoever called the router, and the router itself (v4-periphery, libraries/ActionConstants.sol). */
export const toUser: Address = '0x0000000000000000000000000000000000000001'
export const toRouter: Address = '0x0000000000000000000000000000000000000002'
/** All that the router holds of a token. */
export const wholeBalance = 1n << 255n
/** What is owed to or by the router within a V4 swap. */
const openDelta = 0n

export const routerAbi = parseAbi([
  'function execute(bytes commands, bytes[] inputs, uint256 deadline) payable',
])

export interface RouterCommand {
  readonly code: number
  readonly input: Hex
}

const swapParameters = parseAbiParameters('address, uint256, uint256, address[], bool')
const pathSwapParameters = parseAbiParameters('address, uint256, uint256, bytes, bool')
const tokenMoveParameters = parseAbiParameters('address, address, uint256')
const coinParameters = parseAbiParameters('address, uint256')
const permitParameters = parseAbiParameters([
  'PermitSingle permit, bytes signature',
  'struct PermitDetails { address token; uint160 amount; uint48 expiration; uint48 nonce; }',
  'struct PermitSingle { PermitDetails details; address spender; uint256 sigDeadline; }',
])
const poolKeyStruct =
  'struct PoolKey { address currency0; address currency1; uint24 fee; int24 tickSpacing; address hooks; }'
const exactInSingleParameters = parseAbiParameters([
  'ExactInputSingle params',
  poolKeyStruct,
  'struct ExactInputSingle { PoolKey poolKey; bool zeroForOne; uint128 amountIn; uint128 amountOutMinimum; bytes hookData; }',
])
const exactOutSingleParameters = parseAbiParameters([
  'ExactOutputSingle params',
  poolKeyStruct,
  'struct ExactOutputSingle { PoolKey poolKey; bool zeroForOne; uint128 amountOut; uint128 amountInMaximum; bytes hookData; }',
])
const settleParameters = parseAbiParameters('address, uint256, bool')
const takeParameters = parseAbiParameters('address, address, uint256')

export interface SwapArguments {
  readonly recipient: Address
  /** What goes in, or for exact-out what must come out. */
  readonly amount: bigint
  /** The least that must come out, or for exact-out the most that may go in. */
  readonly limit: bigint
  readonly isPaidByUser: boolean
}

export function v2Swap(isExactIn: boolean, path: readonly Address[], swap: SwapArguments): RouterCommand {
  return {
    code: isExactIn ? command.v2ExactIn : command.v2ExactOut,
    input: encodeAbiParameters(swapParameters, [
      swap.recipient,
      swap.amount,
      swap.limit,
      [...path],
      swap.isPaidByUser,
    ]),
  }
}

/** `path` is token, fee, token, …; for exact-out from the last token back to the first, as the router wants it. */
export function v3Swap(isExactIn: boolean, path: Hex, swap: SwapArguments): RouterCommand {
  return {
    code: isExactIn ? command.v3ExactIn : command.v3ExactOut,
    input: encodeAbiParameters(pathSwapParameters, [
      swap.recipient,
      swap.amount,
      swap.limit,
      path,
      swap.isPaidByUser,
    ]),
  }
}

/** One V4 pool: pay in, swap all that was paid in, take all that comes out. */
export function v4ExactIn(
  key: V4PoolKey,
  tokenIn: Address,
  tokenOut: Address,
  swap: SwapArguments,
): RouterCommand {
  return v4Actions([
    {
      code: action.settle,
      input: encodeAbiParameters(settleParameters, [tokenIn, swap.amount, swap.isPaidByUser]),
    },
    {
      code: action.exactInSingle,
      input: encodeAbiParameters(exactInSingleParameters, [
        {
          poolKey: key,
          zeroForOne: isFirst(key, tokenIn),
          amountIn: openDelta,
          amountOutMinimum: swap.limit,
          hookData: '0x',
        },
      ]),
    },
    { code: action.take, input: encodeAbiParameters(takeParameters, [tokenOut, swap.recipient, openDelta]) },
  ])
}

export interface V4Hop {
  readonly key: V4PoolKey
  readonly tokenIn: Address
  readonly tokenOut: Address
}

/** V4 pools one after the other for an exact output: from the last pool back, each makes what the next one needs; then pay what is owed. */
export function v4ExactOut(hops: readonly V4Hop[], swap: SwapArguments): RouterCommand | undefined {
  const [first] = hops
  const last = hops.at(-1)
  if (!first || !last) return undefined
  const swaps = [...hops].reverse().map(({ key, tokenIn }, index) => ({
    code: action.exactOutSingle,
    input: encodeAbiParameters(exactOutSingleParameters, [
      {
        poolKey: key,
        zeroForOne: isFirst(key, tokenIn),
        amountOut: index === 0 ? swap.amount : openDelta,
        amountInMaximum: index === hops.length - 1 ? swap.limit : (1n << 128n) - 1n,
        hookData: '0x',
      },
    ]),
  }))
  return v4Actions([
    ...swaps,
    {
      code: action.settle,
      input: encodeAbiParameters(settleParameters, [first.tokenIn, openDelta, swap.isPaidByUser]),
    },
    {
      code: action.take,
      input: encodeAbiParameters(takeParameters, [last.tokenOut, swap.recipient, openDelta]),
    },
  ])
}

export function pullFromUser(token: Address, amount: bigint): RouterCommand {
  return {
    code: command.permit2TransferFrom,
    input: encodeAbiParameters(tokenMoveParameters, [token, toRouter, amount]),
  }
}

export function sweepToUser(token: Address, minimum: bigint): RouterCommand {
  return { code: command.sweep, input: encodeAbiParameters(tokenMoveParameters, [token, toUser, minimum]) }
}

export function wrapCoin(amount: bigint): RouterCommand {
  return { code: command.wrapCoin, input: encodeAbiParameters(coinParameters, [toRouter, amount]) }
}

/** Unwraps all that the router holds. */
export function unwrapCoin(recipient: Address, minimum: bigint): RouterCommand {
  return { code: command.unwrapCoin, input: encodeAbiParameters(coinParameters, [recipient, minimum]) }
}

export interface Permit {
  readonly token: Address
  readonly amount: bigint
  /** Seconds since 1970, as all times on chain. */
  readonly expiration: number
  readonly nonce: number
  readonly spender: Address
  readonly signatureDeadline: bigint
}

export const blankSignature: Hex = `0x${'00'.repeat(65)}`

/** A Permit2 permit; its signature is blank until the signer fills it in after the approval. */
export function permitCommand(permit: Permit, signature: Hex): RouterCommand {
  const { token, amount, expiration, nonce, spender, signatureDeadline } = permit
  return {
    code: command.permit2Permit,
    input: encodeAbiParameters(permitParameters, [
      { details: { token, amount, expiration, nonce }, spender, sigDeadline: signatureDeadline },
      signature,
    ]),
  }
}

/** The signature in a permit's input. @throws on anything else. */
export function readPermitSignature(input: Hex): Hex {
  return decodeAbiParameters(permitParameters, input)[1]
}

function v4Actions(actions: readonly { code: number; input: Hex }[]): RouterCommand {
  const codes: Hex = `0x${actions.map(({ code }) => code.toString(16).padStart(2, '0')).join('')}`
  return {
    code: command.v4Swap,
    input: encodeAbiParameters(parseAbiParameters('bytes, bytes[]'), [
      codes,
      actions.map(({ input }) => input),
    ]),
  }
}

function isFirst(key: V4PoolKey, token: Address): boolean {
  return key.currency0.toLowerCase() === token.toLowerCase()
}
