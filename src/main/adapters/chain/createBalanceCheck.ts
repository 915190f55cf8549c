import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type { RawBalance } from '../../capabilities/portfolio/portfolio.ports.ts'
import type { Asked } from './callContracts.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { createWitness } from './witness/createWitness.ts'

interface Reading {
  readonly chainId: ChainId
  readonly blockNumber: bigint
  readonly balances: readonly RawBalance[]
  /** Reads the same, at the same block, from another node. */
  readonly readFrom: (asked: Asked) => Promise<readonly RawBalance[]>
}

/**
 * Checks what a node said of balances that have changed: by a second node at the same block where one is configured, else the coin's by a proof
 * against the block's state root. What was checked before and stayed the same is not asked again.
 *
 * @throws AppError `chain.nodesDisagree`, `chain.proofFailed`
 */
export function createBalanceCheck(network: RpcNetwork): (reading: Reading) => Promise<void> {
  const witness = createWitness(network)
  const confirmed = new Map<string, bigint>()

  async function confirmByNode(reading: Reading, changed: readonly RawBalance[]): Promise<boolean> {
    const rpc = network.rpc(reading.chainId)
    const first = rpc.node
    const second = rpc.listNodes().find(({ node }) => node !== first)
    if (!second) return false
    let answers: readonly RawBalance[]
    try {
      answers = await reading.readFrom(second)
    } catch (thrown) {
      // A second node that is out of reach, or not there yet, confirms nothing and denies nothing.
      if (thrown instanceof AppError) return false
      throw thrown
    }
    const said = new Map(answers.map((balance) => [keyOf(reading.chainId, balance), balance.units]))
    const other = changed.find((balance) => said.get(keyOf(reading.chainId, balance)) !== balance.units)
    if (!other) return true
    throw new AppError(
      'chain.nodesDisagree',
      {
        chainId: reading.chainId,
        node: first ?? '',
        other: second.node,
        subject: other.token === 'native' ? 'balance' : 'token',
      },
      { retryable: true },
    )
  }

  /** `undefined` where nobody answers: what cannot be proven now is shown as the node's word, as ever. */
  async function readAccount({ chainId, blockNumber }: Reading, holder: RawBalance['holder']) {
    try {
      return await witness.readAccount(chainId, holder, undefined, blockNumber)
    } catch (thrown) {
      if (thrown instanceof AppError && !contradictions.has(thrown.code)) return undefined
      throw thrown
    }
  }

  /** @returns what needs no further question: what was proven, and what this node cannot prove. */
  async function proveCoins(
    reading: Reading,
    changed: readonly RawBalance[],
  ): Promise<readonly RawBalance[]> {
    const settled = await Promise.all(
      changed.map(async (balance) => {
        if (balance.token !== 'native') return [balance]
        const account = await readAccount(reading, balance.holder)
        if (!account) return []
        if (!account.isProven || account.balance === balance.units) return [balance]
        const { node = '' } = network.rpc(reading.chainId)
        throw new AppError('chain.proofFailed', { chainId: reading.chainId, node }, { retryable: true })
      }),
    )
    return settled.flat()
  }

  return async (reading) => {
    const changed = reading.balances.filter(
      (balance) => confirmed.get(keyOf(reading.chainId, balance)) !== balance.units,
    )
    if (changed.length === 0) return
    const settled = (await confirmByNode(reading, changed)) ? changed : await proveCoins(reading, changed)
    for (const balance of settled) confirmed.set(keyOf(reading.chainId, balance), balance.units)
  }
}

const contradictions = new Set(['chain.proofFailed', 'chain.nodesDisagree'])

function keyOf(chainId: ChainId, { holder, token }: RawBalance): string {
  return `${chainId}:${holder}:${token}`.toLowerCase()
}
