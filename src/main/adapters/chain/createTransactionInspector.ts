import { bytesToHex, parseTransaction, type TransactionSerializedEIP7702, zeroAddress } from 'viem'
import { z } from 'zod'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import { smallerOf } from '../../../shared/money/smallerOf.ts'
import type { Inspection, InspectionPort, InspectionRequest } from '../../capabilities/approvals/index.ts'
import { decodeRevertReason } from '../../capabilities/transfers/index.ts'
import type { Simulate } from '../simulation/createSimulation.ts'
import type { CallFrame, SimulatedCall, SimulatedState } from '../simulation/simulationMessages.ts'
import { agreeingAccountCode } from './agreeingAccountCode.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { openState } from './createStateReader.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { readFrames, readLogs } from './readEffects.ts'
import { bytesSchema, logSchema, quantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

const callSchema = z.object({
  status: quantitySchema,
  returnData: bytesSchema,
  logs: z.array(logSchema).max(10_000).optional(),
  error: z.object({ message: z.string().catch(''), data: z.unknown().optional() }).nullish(),
})
const blocksSchema = z
  .array(z.object({ number: quantitySchema, calls: z.array(callSchema).max(32) }))
  .length(1)

const addressText = z.custom<Address>(
  (value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value),
)
const traceSchema: z.ZodType<CallFrame> = z.lazy(() =>
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

/**
 * Runs transactions that are about to be signed: by `eth_simulateV1` on a node's pending state, one alone by `debug_traceCall`, and
 * on this machine where no node offers either. `undefined` where nobody can.
 */
export function createTransactionInspector(network: RpcNetwork, simulate: Simulate): InspectionPort {
  return {
    async inspect(request) {
      const calls = request.transactions.map(readCall)
      const code = codeAfterDelegation(request)
      return (
        (await offered(() => bySimulation(network, request, calls, code))) ??
        (await offered(() => byTrace(network, request, calls, code))) ??
        (await offered(() => here(network, simulate, request, calls, code)))
      )
    },
  }
}

/** `undefined` where the node refuses. */
async function offered<Value>(ask: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await ask()
  } catch (thrown) {
    if (thrown instanceof NodeRefusedError && !thrown.isRateLimit) return undefined
    throw thrown
  }
}

async function bySimulation(
  network: RpcNetwork,
  { chainId, from }: InspectionRequest,
  calls: readonly SimulatedCall[],
  code: `0x${string}` | undefined,
): Promise<Inspection | undefined> {
  const [block] = await network.rpc(chainId).request(
    'eth_simulateV1',
    [
      {
        blockStateCalls: [
          {
            ...(code === undefined ? {} : { stateOverrides: { [from]: { code } } }),
            calls: calls.map((call) => encodeCall(from, call)),
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
  { chainId, from }: InspectionRequest,
  calls: readonly SimulatedCall[],
  code: `0x${string}` | undefined,
): Promise<Inspection | undefined> {
  const [only] = calls
  if (!only || calls.length > 1 || code !== undefined) return undefined
  const rpc = network.rpc(chainId)
  const blockNumber = await rpc.request('eth_blockNumber', [], quantitySchema)
  const trace = await rpc.request(
    'debug_traceCall',
    [
      encodeCall(from, only),
      toBlockTag(blockNumber),
      { tracer: 'callTracer', tracerConfig: { withLog: true } },
    ],
    traceSchema,
  )
  return { by: 'node', blockNumber, ...readFrames([trace], from), ...readFailure([trace]) }
}

async function here(
  network: RpcNetwork,
  simulate: Simulate,
  { chainId, from, transactions }: InspectionRequest,
  calls: readonly SimulatedCall[],
  code: `0x${string}` | undefined,
): Promise<Inspection | undefined> {
  const state = await openState(network, chainId)
  await state.prefetch(from, calls)
  const changed: SimulatedState = {
    readSlot: state.readSlot,
    readBlockHash: state.readBlockHash,
    async readAccount(address) {
      const account = await state.readAccount(address)
      return code !== undefined && isSameAddress(address, from) ? { ...account, code } : account
    },
  }
  const priced = calls.map((call, index) => ({
    ...call,
    gasPrice: priceOf(transactions[index], state.next.baseFeePerGas),
  }))
  const frames = await simulate({ chainId, from, block: state.next, calls: priced }, changed)
  if (!frames) return undefined
  return { by: 'here', blockNumber: state.number, ...readFrames(frames, from), ...readFailure(frames) }
}

function readFailure(frames: readonly CallFrame[]): Pick<Inspection, 'isReverted' | 'reason'> {
  const failed = frames.find(({ error }) => error !== undefined)
  return {
    isReverted: failed !== undefined,
    reason: failed ? decodeRevertReason(failed.output ?? '0x', failed.error ?? '') : '',
  }
}

/**
 * The account's code in the trial, where it is another one than now: one that agrees to the blank signature of a permit, or what an
 * authorisation (EIP-7702) gives it, whose signature is blank too and which a node would pass over. With the delegate's own code
 * still there, a taking back would run it.
 */
function codeAfterDelegation({
  transactions,
  holdsBlankSignature,
}: InspectionRequest): `0x${string}` | undefined {
  if (holdsBlankSignature) return agreeingAccountCode
  const last = transactions.at(-1)
  if (last?.[0] !== 4) return undefined
  const [authorization] =
    parseTransaction(bytesToHex(last) as TransactionSerializedEIP7702).authorizationList ?? []
  if (!authorization || authorization.address === zeroAddress) return '0x'
  return `0xef0100${authorization.address.slice(2)}`
}

function readCall(unsigned: Uint8Array): SimulatedCall {
  const { to, value = 0n, data = '0x', gas = 0n } = parseTransaction(bytesToHex(unsigned))
  return { to: to ?? undefined, value, data, gas }
}

/** What a unit of gas costs (EIP-1559). */
function priceOf(unsigned: Uint8Array | undefined, baseFee: bigint): bigint {
  if (!unsigned) return baseFee
  const {
    gasPrice,
    maxFeePerGas = baseFee,
    maxPriorityFeePerGas = 0n,
  } = parseTransaction(bytesToHex(unsigned))
  return gasPrice ?? smallerOf(maxFeePerGas, baseFee + maxPriorityFeePerGas)
}

function encodeCall(from: Address, { to, value, data, gas }: SimulatedCall): Record<string, string> {
  return {
    from,
    ...(to ? { to } : {}),
    value: toBlockTag(value),
    data,
    gas: toBlockTag(gas),
  }
}
