import type { Allowance, RevocationPreview } from '../../../shared/contract/allowances.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import type { ChainDefinition } from '../chains/index.ts'
import type { SwapJournal } from '../swaps/index.ts'
import {
  addGasMargin,
  chooseNonce,
  computeFees,
  encodeUnsigned,
  rewardPercentiles,
  type TransactionFields,
  type TransferNode,
} from '../transfers/index.ts'
import { encodeRevocations } from './domain/encodeRevocations.ts'

export interface RevocationStep {
  readonly unsigned: Uint8Array
  readonly fields: TransactionFields
  /** What it ends. */
  readonly allowances: readonly Allowance[]
}

export interface PreparedRevocation {
  readonly preview: RevocationPreview
  readonly chain: ChainDefinition
  readonly account: Account
  readonly steps: readonly RevocationStep[]
  readonly maximumFee: bigint
}

export interface PrepareRevocationDeps {
  readonly node: Pick<TransferNode, 'readFeeHistory' | 'readAccountState' | 'estimateGas'>
  readonly journal: Pick<SwapJournal, 'listOpenNonces'>
}

/**
 * The transactions that end these rights.
 *
 * @throws AppError `allowance.mixed` unless all are of one account and chain; `fee.notAffordable`, `chain.*`
 */
export async function prepareRevocation(
  { node, journal }: PrepareRevocationDeps,
  chain: ChainDefinition,
  account: Account,
  chosen: readonly Allowance[],
  permit2: Address | undefined,
): Promise<Omit<PreparedRevocation, 'preview'>> {
  const { chainId } = chain
  const isOfOne = chosen.every((each) => each.chainId === chainId && each.accountId === account.id)
  if (!isOfOne) throw new AppError('allowance.mixed')
  const [state, history] = await Promise.all([
    node.readAccountState(chainId, account.address, undefined),
    node.readFeeHistory(chainId, rewardPercentiles),
  ])
  const { maxFeePerGas, maxPriorityFeePerGas } = computeFees(
    history,
    'normal',
    chain.minimumPriorityFeePerGas,
  )
  const firstNonce = chooseNonce(
    state.latestNonce,
    state.pendingNonce,
    journal.listOpenNonces(chainId, account.address),
  )
  const common = { chainId, maxFeePerGas, maxPriorityFeePerGas }
  const steps: RevocationStep[] = []
  const rights = chosen.map(({ kind, token, spender }) => {
    if (token.ref.address === 'native') throw new AppError('allowance.missing')
    return { kind, token: token.ref.address, spender }
  })
  for (const [index, { rights: ended, ...call }] of encodeRevocations(rights, permit2).entries()) {
    const estimate = await node.estimateGas(chainId, account.address, call)
    if (estimate.status === 'reverted')
      throw new AppError('transfer.wouldRevert', { reason: estimate.message })
    const fields = { ...common, ...call, nonce: firstNonce + index, gas: addGasMargin(estimate.gas) }
    const allowances = chosen.filter(({ kind, token, spender }) =>
      ended.some(
        (right) =>
          right.kind === kind && right.token === token.ref.address && isSameAddress(right.spender, spender),
      ),
    )
    steps.push({ unsigned: encodeUnsigned(fields), fields, allowances })
  }

  const maximumFee = steps.reduce((sum, { fields }) => sum + fields.gas * fields.maxFeePerGas, 0n)
  if (state.nativeBalance < maximumFee) {
    throw new AppError('fee.notAffordable', {
      needed: maximumFee,
      available: state.nativeBalance,
      decimals: chain.nativeToken.decimals,
      symbol: chain.nativeToken.symbol,
    })
  }
  return { chain, account, steps, maximumFee }
}
