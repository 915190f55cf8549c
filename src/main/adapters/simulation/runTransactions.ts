import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common'
import { createEVM, type EVM, EVMError, type EVMResult, type Log, type Message } from '@ethereumjs/evm'
import { bytesToHex, createAddressFromString, createZeroAddress, hexToBytes } from '@ethereumjs/util'
import { RemoteState } from './RemoteState.ts'
import type {
  CallFrame,
  PricedCall,
  SimulatedBlock,
  SimulatedLog,
  SimulatedState,
  SimulationTask,
} from './simulationMessages.ts'

interface OpenFrame extends CallFrame {
  to?: `0x${string}` | undefined
  error?: string
  output?: `0x${string}`
  logs?: SimulatedLog[]
  readonly calls: OpenFrame[]
}

/** The instruction that is there to fail. Where it is all of the code, the chain does something by other means (Arbitrum's own contracts). */
const invalid = 0xfe

/**
 * Runs transactions in Ethereum's machine as of its Osaka fork, of which the chains that matter have what contracts use; one fork less or
 * more changes fees, not what moves. Fees are not taken, as a node's simulation does not take them.
 *
 * @returns one frame a transaction up to the first that failed; `undefined` where this machine cannot tell what the chain would do.
 */
export async function runTransactions(
  { chainId, block, from, calls }: SimulationTask,
  source: SimulatedState,
): Promise<readonly CallFrame[] | undefined> {
  const state = new RemoteState(source)
  const evm = await createEVM({
    common: createCustomCommon({ chainId }, Mainnet, { hardfork: Hardfork.Osaka }),
    stateManager: state,
    blockchain: {
      async getBlock(number) {
        const hash = hexToBytes(await source.readBlockHash(BigInt(number)))
        return { hash: () => hash }
      },
      async putBlock() {},
      shallowCopy() {
        return this
      },
    },
  })
  const watched = watchCalls(evm)
  const frames: OpenFrame[] = []
  for (const call of calls) {
    const before = state.listWritten()
    const frame = await runOne(evm, watched, from, block, call)
    if (watched.isBeyond) return undefined
    frames.push(frame)
    if (frame.error !== undefined) break
    const rest = await findUnexplained(state, before, frame)
    if (!rest) return undefined
    frame.calls.push(...rest)
  }
  return frames
}

async function runOne(
  evm: EVM,
  watched: Watched,
  from: CallFrame['from'],
  block: SimulatedBlock,
  { to, value, data, gas, gasPrice }: PricedCall,
): Promise<OpenFrame> {
  const bytes = hexToBytes(data)
  const gasLimit = gas - intrinsicGas(bytes, to === undefined)
  if (gasLimit < 0n) return { type: 'CALL', from, to, value, error: 'out of gas', calls: [] }
  const coinbase = createZeroAddress()
  const caller = createAddressFromString(from)
  // EIP-2929 and EIP-3651: what every transaction has touched already.
  for (const warm of [from, to, coinbase.toString()]) {
    if (warm) evm.journal.addAlwaysWarmAddress(warm.toLowerCase())
  }
  for (const precompile of evm.precompiles.keys()) evm.journal.addAlwaysWarmAddress(precompile)
  const { execResult } = await evm.runCall({
    caller,
    origin: caller,
    ...(to === undefined ? {} : { to: createAddressFromString(to) }),
    value,
    data: bytes,
    gasLimit,
    gasPrice,
    block: {
      header: {
        ...block,
        coinbase,
        difficulty: 0n,
        prevRandao: hexToBytes(block.prevRandao),
        getBlobGasPrice: () => 1n,
      },
    },
  })
  await evm.journal.cleanup()
  evm.stateManager.originalStorageCache.clear()
  const frame = watched.takeRoot()
  frame.logs = (execResult.logs ?? []).map(toLog)
  return frame
}

interface Watched {
  /** Set once something ran that this machine does not have. */
  readonly isBeyond: boolean
  takeRoot(): OpenFrame
}

/** Notes each call as it begins and ends. */
function watchCalls(evm: EVM): Watched {
  const open: { readonly frame: OpenFrame; readonly message: Message }[] = []
  let root: OpenFrame | undefined
  let isBeyond = false
  evm.events.on('beforeMessage', (message: Message) => {
    const frame = toFrame(message)
    open.at(-1)?.frame.calls.push(frame)
    open.push({ frame, message })
  })
  evm.events.on('afterMessage', ({ execResult, createdAddress }: EVMResult) => {
    const ended = open.pop()
    if (!ended) return
    const { exceptionError, returnValue, runState } = execResult
    root = ended.frame
    if (createdAddress) root.to = createdAddress.toString()
    root.output = bytesToHex(returnValue)
    if (!exceptionError) return
    root.error = exceptionError.error
    const isUnknown =
      exceptionError.error === EVMError.errorMessages.INVALID_OPCODE &&
      (runState?.code[runState.programCounter] !== invalid || runState.code.length === 1)
    if (isUnknown) isBeyond = true
  })
  return {
    get isBeyond() {
      return isBeyond
    },
    takeRoot() {
      if (!root) throw new Error('Nothing was run')
      return root
    },
  }
}

function toFrame({ caller, to, value, delegatecall, isStatic, _codeAddress }: Message): OpenFrame {
  const from = caller.toString()
  if (!to) return { type: 'CREATE', from, value, calls: [] }
  // Another contract's code in this one's name: the name is that of the caller, the code that of `to`.
  if (delegatecall)
    return { type: 'DELEGATECALL', from: to.toString(), to: _codeAddress?.toString(), calls: [] }
  const isForeign = _codeAddress !== undefined && !_codeAddress.equals(to)
  if (isForeign) return { type: 'CALLCODE', from, to: _codeAddress.toString(), calls: [] }
  return { type: isStatic ? 'STATICCALL' : 'CALL', from, to: to.toString(), value, calls: [] }
}

function toLog([address, topics, data]: Log): SimulatedLog {
  return { address: bytesToHex(address), topics: topics.map(bytesToHex), data: bytesToHex(data) }
}

/** What a transaction costs before its first instruction: EIP-2028 for its data, EIP-3860 for a new contract's code. */
function intrinsicGas(data: Uint8Array, isCreation: boolean): bigint {
  const zeros = data.filter((byte) => byte === 0).length
  const forData = BigInt(zeros) * 4n + BigInt(data.length - zeros) * 16n
  const forCreation = isCreation ? 32_000n + 2n * BigInt(Math.ceil(data.length / 32)) : 0n
  return 21_000n + forData + forCreation
}

/**
 * Coin that no call moved: a contract that ends itself hands on what it holds. Every account's coin has to come out as the state has it.
 *
 * @returns `undefined` where what is left cannot be told apart
 */
async function findUnexplained(
  state: RemoteState,
  before: ReadonlyMap<`0x${string}`, bigint>,
  root: OpenFrame,
): Promise<OpenFrame[] | undefined> {
  const moved = new Map<string, bigint>()
  const add = (address: string, units: bigint) => {
    const key = address.toLowerCase()
    moved.set(key, (moved.get(key) ?? 0n) + units)
  }
  const follow = ({ type, from, to, value, error, calls }: OpenFrame) => {
    if (error !== undefined) return
    if (to && value && (type === 'CALL' || type === 'CREATE')) {
      add(from, -value)
      add(to, value)
    }
    calls.forEach(follow)
  }
  follow(root)
  const unexplained: { readonly address: `0x${string}`; readonly units: bigint }[] = []
  for (const [address, now] of state.listWritten()) {
    const earlier = before.get(address) ?? (await state.readFirstBalance(address))
    const units = now - earlier - (moved.get(address) ?? 0n)
    if (units !== 0n) unexplained.push({ address, units })
  }
  if (unexplained.length === 0) return []
  const giver = unexplained.find(({ units }) => units < 0n)
  const taker = unexplained.find(({ units }) => units > 0n)
  if (unexplained.length > 2 || !giver || !taker || giver.units + taker.units !== 0n) return undefined
  return [{ type: 'SELFDESTRUCT', from: giver.address, to: taker.address, value: taker.units, calls: [] }]
}
