import { decodeAbiParameters } from 'viem'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import type { GrantedRight, Inspection, MovedUnits } from '../../capabilities/approvals/index.ts'
import type { CallFrame, SimulatedLog as Log } from '../simulation/simulationMessages.ts'
import { readUint256 } from './readUint256.ts'

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

/** What can be seen from outside of what was run. */
export type Effects = Pick<Inspection, 'moved' | 'granted' | 'delegateCalls' | 'contracts'>

/** What transactions did, from their calls: the coin's ways are those of the calls' values. */
export function readFrames(frames: readonly CallFrame[], account: Address): Effects {
  const logs: Log[] = []
  const coins: MovedUnits[] = []
  const delegateCalls: Address[] = []
  const follow = (frame: CallFrame) => {
    // What a failed call did is undone, with all within it.
    if (frame.error !== undefined) return
    logs.push(...(frame.logs ?? []))
    const moves = frame.type === 'CALL' || frame.type.startsWith('CREATE') || frame.type === 'SELFDESTRUCT'
    if (moves && frame.to && frame.value !== undefined && frame.value > 0n) {
      coins.push({ token: 'native', from: frame.from, to: frame.to, units: frame.value })
    }
    if (frame.type === 'DELEGATECALL' && frame.to && isSameAddress(frame.from, account))
      delegateCalls.push(frame.to)
    for (const inner of frame.calls ?? []) follow(inner)
  }
  for (const frame of frames) follow(frame)
  const read = readLogs(logs)
  return { ...read, delegateCalls, moved: [...coins, ...read.moved] }
}

/** The same from logs alone, among which a simulation reports coin. */
export function readLogs(logs: readonly Log[]): Omit<Effects, 'delegateCalls'> {
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
