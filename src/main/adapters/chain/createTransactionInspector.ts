import {
  bytesToHex,
  decodeAbiParameters,
  parseTransaction,
  type TransactionSerializedEIP7702,
  zeroAddress,
} from 'viem'
import { z } from 'zod'
import type { Address } from '../../../shared/identity/identity.ts'
import type {
  GrantedRight,
  Inspection,
  InspectionPort,
  InspectionRequest,
  MovedUnits,
} from '../../capabilities/approvals/index.ts'
import { decodeRevertReason } from '../../capabilities/transfers/index.ts'
import { agreeingAccountCode } from './agreeingAccountCode.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { readUint256 } from './readUint256.ts'
import { bytesSchema, logSchema, quantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

type Log = z.output<typeof logSchema>

const callSchema = z.object({
  status: quantitySchema,
  returnData: bytesSchema,
  logs: z.array(logSchema).max(10_000).optional(),
  error: z.object({ message: z.string().catch(''), data: z.unknown().optional() }).nullish(),
})
const blocksSchema = z
  .array(z.object({ number: quantitySchema, calls: z.array(callSchema).max(32) }))
  .length(1)

/** geth's callTracer with logs: the coin's ways are those of the calls' values. */
interface Trace {
  readonly type: string
  readonly from: Address
  readonly to?: Address | undefined
  readonly value?: bigint | undefined
  readonly error?: string | undefined
  readonly output?: `0x${string}` | undefined
  readonly logs?: readonly Log[] | undefined
  readonly calls?: readonly Trace[] | undefined
}
const addressText = z.custom<Address>(
  (value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value),
)
const traceSchema: z.ZodType<Trace> = z.lazy(() =>
  z.object({
    type: z.string(),
    from: addressText,
    to: addressText.optional(),
    value: quantitySchema.optional(),
    error: z.string().optional(),
    output: bytesSchema.optional(),
    logs: z.array(logSchema).max(10_000).optional(),
    calls: z.array(traceSchema).max(10_000).optional(),
  }),
)

const topics = {
  /** ERC-20 and, with a third indexed argument, ERC-721. */
  transfer: '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  /** ERC-1155. */
  transferSingle: '0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62',
  transferBatch: '0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb',
  approval: '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925',
  approvalForAll: '0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31',
  ownership: '0x8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e0',
  /** Permit2's Approval and Permit, of which the token is the second argument. */
  permit2Approval: '0xda9fa7c1b00402c17d0161b249b1ab8bbec047c5a52207b9c112deffd817036b',
  permit2Permit: '0xc6a377bfc4eb120024a8ac08eef205be16b817020812c73223e81d1bdb9708ec',
} as const
/** In which `traceTransfers` reports coin, as if it were a token. */
const coinAddress = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'

/**
 * Runs transactions that are about to be signed on a node's pending state: by `eth_simulateV1`, and one alone by
 * `debug_traceCall` where there is no such method. `undefined` where no node can.
 */
export function createTransactionInspector(network: RpcNetwork): InspectionPort {
  return {
    async inspect(request) {
      const calls = request.transactions.map((transaction) => encodeCall(request.from, transaction))
      const code = codeAfterDelegation(request)
      try {
        return await bySimulation(network, request, calls, code)
      } catch (thrown) {
        if (!(thrown instanceof NodeRefusedError) || thrown.isRateLimit) throw thrown
      }
      const [only] = calls
      if (!only || calls.length > 1 || code !== undefined) return undefined
      try {
        return await byTrace(network, request, only)
      } catch (thrown) {
        if (thrown instanceof NodeRefusedError && !thrown.isRateLimit) return undefined
        throw thrown
      }
    },
  }
}

async function bySimulation(
  network: RpcNetwork,
  { chainId, from }: InspectionRequest,
  calls: readonly Record<string, string>[],
  code: string | undefined,
): Promise<Inspection | undefined> {
  const [block] = await network.rpc(chainId).request(
    'eth_simulateV1',
    [
      {
        blockStateCalls: [
          {
            ...(code === undefined ? {} : { stateOverrides: { [from]: { code } } }),
            calls,
          },
        ],
        traceTransfers: true,
        validation: false,
      },
      'pending',
    ],
    blocksSchema,
  )
  if (!block || block.calls.length !== calls.length) return undefined
  const failed = block.calls.find(({ status }) => status !== 1n)
  const data = failed?.error?.data
  return {
    ...readLogs(block.calls.flatMap(({ logs }) => logs ?? [])),
    by: 'node',
    delegateCalls: [],
    blockNumber: block.number - 1n,
    isReverted: failed !== undefined,
    reason: failed
      ? decodeRevertReason(
          typeof data === 'string' && /^0x(?:[0-9a-f]{2})*$/i.test(data)
            ? (data as `0x${string}`)
            : failed.returnData,
          failed.error?.message ?? '',
        )
      : '',
  }
}

async function byTrace(
  network: RpcNetwork,
  { chainId }: InspectionRequest,
  call: Record<string, string>,
): Promise<Inspection> {
  const rpc = network.rpc(chainId)
  const blockNumber = await rpc.request('eth_blockNumber', [], quantitySchema)
  const trace = await rpc.request(
    'debug_traceCall',
    [call, toBlockTag(blockNumber), { tracer: 'callTracer', tracerConfig: { withLog: true } }],
    traceSchema,
  )
  const logs: Log[] = []
  const coins: MovedUnits[] = []
  const delegateCalls: Address[] = []
  const account = call.from?.toLowerCase()
  const follow = (frame: Trace) => {
    // What a failed call did is undone, with all within it.
    if (frame.error !== undefined) return
    logs.push(...(frame.logs ?? []))
    const moves = frame.type === 'CALL' || frame.type.startsWith('CREATE') || frame.type === 'SELFDESTRUCT'
    if (moves && frame.to && frame.value !== undefined && frame.value > 0n) {
      coins.push({ token: 'native', from: frame.from, to: frame.to, units: frame.value })
    }
    if (frame.type === 'DELEGATECALL' && frame.to && frame.from.toLowerCase() === account)
      delegateCalls.push(frame.to)
    for (const inner of frame.calls ?? []) follow(inner)
  }
  follow(trace)
  const read = readLogs(logs)
  return {
    ...read,
    by: 'node',
    delegateCalls,
    moved: [...coins, ...read.moved],
    blockNumber,
    isReverted: trace.error !== undefined,
    reason: trace.error === undefined ? '' : decodeRevertReason(trace.output ?? '0x', trace.error),
  }
}

function readLogs(logs: readonly Log[]): Pick<Inspection, 'moved' | 'granted' | 'contracts'> {
  const contracts = new Map<string, Address>()
  for (const { address } of logs) {
    if (address.toLowerCase() !== coinAddress) contracts.set(address.toLowerCase(), address)
  }
  return {
    moved: logs.flatMap(readMove),
    granted: logs.flatMap(readGrant),
    contracts: [...contracts.values()],
  }
}

const addressIn = (topic: string): Address => `0x${topic.slice(26)}`

function readMove({ address, topics: [topic, from, to, id], data }: Log): MovedUnits[] {
  if (topic === topics.transferSingle || topic === topics.transferBatch) {
    return readMultiMove(address, topic, to, id, data)
  }
  if (topic !== topics.transfer || !from || !to) return []
  // Of ERC-721 one piece moves, whatever its number.
  const units = id === undefined ? readUint256(data) : 1n
  if (units === undefined) return []
  return [
    {
      token: address.toLowerCase() === coinAddress ? 'native' : address,
      from: addressIn(from),
      to: addressIn(to),
      units,
    },
  ]
}

/** ERC-1155: of a collection that many pieces, of whatever kinds. */
function readMultiMove(
  token: Address,
  topic: string,
  from: string | undefined,
  to: string | undefined,
  data: `0x${string}`,
): MovedUnits[] {
  if (!from || !to) return []
  try {
    const amounts =
      topic === topics.transferSingle
        ? [decodeAbiParameters([{ type: 'uint256' }, { type: 'uint256' }], data)[1]]
        : decodeAbiParameters([{ type: 'uint256[]' }, { type: 'uint256[]' }], data)[1]
    const units = amounts.reduce((sum, each) => sum + each, 0n)
    return [{ token, from: addressIn(from), to: addressIn(to), units }]
  } catch {
    // Another contract's event that only shares the name.
    return []
  }
}

function readGrant({ address, topics: [topic, first, second, third], data }: Log): GrantedRight[] {
  if (!first || !second) return []
  const [by, to] = [addressIn(first), addressIn(second)]
  switch (topic) {
    case topics.approval: {
      const units = third === undefined ? (readUint256(data) ?? 0n) : 1n
      return [{ kind: 'allowance', token: address, by, to, units }]
    }
    case topics.approvalForAll:
      return readUint256(data) === 0n ? [] : [{ kind: 'all', token: address, by, to, units: 0n }]
    case topics.ownership:
      return [{ kind: 'ownership', token: address, by, to, units: 0n }]
    case topics.permit2Approval:
    case topics.permit2Permit: {
      if (!third) return []
      const [units] = decodeAbiParameters([{ type: 'uint160' }], data)
      return [{ kind: 'allowance', token: to, by, to: addressIn(third), units }]
    }
    default:
      return []
  }
}

/**
 * The account's code in the trial, where it is another one than now: one that agrees to the blank signature of a permit, or what an
 * authorisation (EIP-7702) gives it, whose signature is blank too and which a node would pass over. With the delegate's own code
 * still there, a taking back would run it.
 */
function codeAfterDelegation({ transactions, holdsBlankSignature }: InspectionRequest): string | undefined {
  if (holdsBlankSignature) return agreeingAccountCode
  const last = transactions.at(-1)
  if (last?.[0] !== 4) return undefined
  const [authorization] =
    parseTransaction(bytesToHex(last) as TransactionSerializedEIP7702).authorizationList ?? []
  if (!authorization || authorization.address === zeroAddress) return '0x'
  return `0xef0100${authorization.address.slice(2)}`
}

function encodeCall(from: Address, unsigned: Uint8Array): Record<string, string> {
  const { to, value = 0n, data = '0x', gas = 0n } = parseTransaction(bytesToHex(unsigned))
  return {
    from,
    ...(to ? { to } : {}),
    value: `0x${value.toString(16)}`,
    data,
    gas: `0x${gas.toString(16)}`,
  }
}
