import { encodeFunctionData, erc20Abi } from 'viem'
import { AppError } from '../../../../shared/errors/AppError.ts'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import { largerOf, smallerOf } from '../../../../shared/money/smallerOf.ts'
import type { RpcNetwork } from '../createNodeNetwork.ts'
import type { PoolNode } from '../createRpcPool.ts'
import { NodeRefusedError } from '../NodeRefusedError.ts'
import { readUint256 } from '../readUint256.ts'
import { accountProofSchema, blockHeaderSchema, bytesSchema, quantitySchema } from '../rpcSchemas.ts'
import { toBlockTag } from '../toBlockTag.ts'
import { computeHeaderHash, fullHeaderSchema } from './computeHeaderHash.ts'
import { verifyAccountProof } from './verifyAccountProof.ts'

/** An account at one block, as far as it could be checked. */
export interface WitnessedAccount {
  readonly blockNumber: bigint
  readonly nonce: number
  readonly balance: bigint
  /** Keccak-256 of the account's code; `undefined` where the node gives no proofs. */
  readonly codeHash: `0x${string}` | undefined
  /** Units of the token that was asked for. */
  readonly tokenBalance: bigint | undefined
  /** Host of the second node that said the same. */
  readonly confirmedBy: string | undefined
  /** Whether the state root of the block, whose header's hash was computed, holds the account so. */
  readonly isProven: boolean
}

/** Reads what a signature will rest on, and does not take one node's word where there is a way around it. */
export interface Witness {
  /**
   * At a given block, or at the newest that the nodes share.
   *
   * @throws AppError `chain.proofFailed` where the only node contradicts itself, `chain.nodesDisagree` where two nodes contradict each other and
   * neither can prove it; `chain.*` where none answers
   */
  readAccount(
    chainId: ChainId,
    address: Address,
    token?: Address,
    atBlock?: bigint,
  ): Promise<WitnessedAccount>
}

/** Blocks by which two nodes may be apart and still both be up to date. */
const toleratedLag = 3n

interface Statement {
  readonly node: PoolNode
  readonly hash: `0x${string}`
  readonly nonce: bigint
  readonly balance: bigint
  readonly codeHash: `0x${string}` | undefined
  readonly tokenBalance: bigint | undefined
  readonly isProven: boolean
}

export function createWitness(network: RpcNetwork): Witness {
  /** Nodes that offer no proofs, so that they need not be asked again. */
  const withoutProofs = new WeakMap<object, Set<string>>()

  async function readStatement(
    chainId: ChainId,
    node: PoolNode,
    address: Address,
    token: Address | undefined,
    block: bigint,
  ): Promise<Statement> {
    const tag = toBlockTag(block)
    const { hasStandardHeaders } = network.definition(chainId)
    const [header, balance, nonce, proof, tokenBalance] = await Promise.all([
      readHeader(node, tag, hasStandardHeaders),
      node.request('eth_getBalance', [address, tag], quantitySchema),
      node.request('eth_getTransactionCount', [address, tag], quantitySchema),
      // A chain of another make hashes its headers otherwise: nothing can be proven there, nor refuted.
      hasStandardHeaders ? readProof(chainId, node, address, tag) : undefined,
      token === undefined ? undefined : readTokenBalance(node, address, token, tag),
    ])
    if (!header || header.number !== block) throw lies(chainId, node)
    if (!proof || !('stateRoot' in header)) {
      return { node, hash: header.hash, nonce, balance, codeHash: undefined, tokenBalance, isProven: false }
    }
    const isTrue =
      computeHeaderHash(header) === header.hash &&
      proof.balance === balance &&
      proof.nonce === nonce &&
      verifyAccountProof(header.stateRoot, address, proof, proof.accountProof)
    if (!isTrue) throw lies(chainId, node)
    return { node, hash: header.hash, nonce, balance, codeHash: proof.codeHash, tokenBalance, isProven: true }
  }

  /**
   * A block that is replaced, or only just taken in, while it is read contradicts itself although nobody lies: what does so
   * is read once more, and only who contradicts himself again is not believed.
   */
  async function readTwiceIfContradicted(...question: Parameters<typeof readStatement>): Promise<Statement> {
    try {
      return await readStatement(...question)
    } catch (thrown) {
      if (!isLie(thrown)) throw thrown
      return readStatement(...question)
    }
  }

  async function readProof(chainId: ChainId, node: PoolNode, address: Address, tag: string) {
    const pool = network.rpc(chainId)
    const known = withoutProofs.get(pool) ?? new Set<string>()
    withoutProofs.set(pool, known)
    if (known.has(node.node)) return undefined
    try {
      return await node.request('eth_getProof', [address, [], tag], accountProofSchema)
    } catch (thrown) {
      if (thrown instanceof NodeRefusedError && !thrown.isRateLimit) known.add(node.node)
      // A node that takes too long over a proof proves nothing now; what it says is compared all the same.
      if (thrown instanceof AppError) return undefined
      throw thrown
    }
  }

  /** The block at which two nodes are compared: the newest that both know. A node that is far behind the other is passed over. */
  async function findBlock(nodes: readonly PoolNode[]): Promise<{ block: bigint; heard: PoolNode[] }> {
    const heights = await Promise.all(
      nodes.map(async (node) => {
        try {
          return { node, height: await node.request('eth_blockNumber', [], quantitySchema) }
        } catch (thrown) {
          return { node, thrown }
        }
      }),
    )
    const known = heights.flatMap(({ node, height }) => (height === undefined ? [] : [{ node, height }]))
    const [first] = heights
    if (known.length === 0) throw first?.thrown ?? new AppError('chain.unreachable', { reason: 'noNode' })
    const furthest = known.reduce((most, { height }) => largerOf(height, most), 0n)
    const current = known.filter(({ height }) => furthest - height <= toleratedLag)
    const block = current.reduce((least, { height }) => smallerOf(height, least), furthest)
    return { block, heard: current.map(({ node }) => node) }
  }

  return {
    async readAccount(chainId, address, token, atBlock) {
      const asked = network.rpc(chainId).listNodes().slice(0, mostAsked)
      const { block, heard } =
        atBlock === undefined ? await findBlock(asked) : { block: atBlock, heard: asked }
      const statements: Statement[] = []
      let lie: AppError | undefined
      let failure: unknown
      for (const node of heard) {
        if (statements.length === 2) break
        try {
          statements.push(await readTwiceIfContradicted(chainId, node, address, token, block))
        } catch (thrown) {
          if (isLie(thrown)) {
            node.distrust()
            lie = thrown
          } else {
            failure ??= thrown
          }
        }
      }
      const [first, second] = statements
      if (!first) throw lie ?? failure ?? new AppError('chain.unreachable', { chainId, reason: 'noNode' })
      if (second && !isSame(first, second)) {
        const proven = findProven(first, second)
        if (!proven) throw disagreement(chainId, first, second)
        ;(proven === first ? second : first).node.distrust()
        return toWitnessed(block, proven, undefined)
      }
      return toWitnessed(block, first, second?.node.node)
    },
  }
}

function toWitnessed(
  blockNumber: bigint,
  { nonce, balance, codeHash, tokenBalance, isProven }: Statement,
  confirmedBy: string | undefined,
): WitnessedAccount {
  return { blockNumber, nonce: Number(nonce), balance, codeHash, tokenBalance, confirmedBy, isProven }
}

/** Of two statements about one and the same block, the one that proves what the other denies without a proof. */
function findProven(a: Statement, b: Statement): Statement | undefined {
  if (a.hash !== b.hash || a.tokenBalance !== b.tokenBalance || a.isProven === b.isProven) return undefined
  return a.isProven ? a : b
}
/** Two are compared; more are there for when one does not answer. */
const mostAsked = 3

function isSame(a: Statement, b: Statement): boolean {
  return (
    a.hash === b.hash &&
    a.nonce === b.nonce &&
    a.balance === b.balance &&
    a.tokenBalance === b.tokenBalance &&
    (a.codeHash === undefined || b.codeHash === undefined || a.codeHash === b.codeHash)
  )
}

function disagreement(chainId: ChainId, a: Statement, b: Statement): AppError {
  const subject =
    a.hash !== b.hash
      ? 'block'
      : a.nonce !== b.nonce
        ? 'nonce'
        : a.balance !== b.balance
          ? 'balance'
          : 'token'
  return new AppError(
    'chain.nodesDisagree',
    { chainId, node: a.node.node, other: b.node.node, subject },
    { retryable: true },
  )
}

/** What a proof needs of a header is only asked for where it can be used: other chains leave fields out. */
function readHeader(node: PoolNode, tag: string, isStandard: boolean) {
  const params = [tag, false]
  return isStandard
    ? node.request('eth_getBlockByNumber', params, fullHeaderSchema.nullable())
    : node.request('eth_getBlockByNumber', params, blockHeaderSchema.nullable())
}

function isLie(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && thrown.code === 'chain.proofFailed'
}

function lies(chainId: ChainId, { node }: PoolNode): AppError {
  return new AppError('chain.proofFailed', { chainId, node }, { retryable: true })
}

async function readTokenBalance(
  node: PoolNode,
  address: Address,
  token: Address,
  tag: string,
): Promise<bigint | undefined> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [address] })
  return readUint256(await node.request('eth_call', [{ to: token, data }, tag], bytesSchema))
}
