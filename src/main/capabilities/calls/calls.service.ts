import type { CallRequest } from '../../../shared/contract/calls.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import type { ApprovalsService } from '../approvals/index.ts'
import type { AccountDirectory, ChainDirectory } from '../chains/index.ts'
import {
  addGasMargin,
  approveTransaction,
  chooseNonce,
  computeFees,
  decodeRevertReason,
  type Hex,
  rewardPercentiles,
  type SignedTransfer,
  type TransactionFields,
  type TransferJournal,
  type TransferNode,
} from '../transfers/index.ts'

export interface CallsServiceDeps {
  readonly chains: Pick<ChainDirectory, 'getEnabled'>
  readonly accounts: AccountDirectory
  readonly node: Pick<TransferNode, 'readAccountState' | 'readFeeHistory' | 'estimateGas'>
  readonly approvals: Pick<ApprovalsService, 'requestApproval'>
  readonly journal: Pick<TransferJournal, 'listOpenNonces'> & {
    submitCall(signed: Omit<SignedTransfer, 'recipientName'>): Promise<{ readonly activityId: string }>
  }
}

type CallsHandlers = Handlers<typeof mainWindowContract>['calls']

/** 100,000 gwei: far above what any of these chains ever asked, and low enough to notice a node that shapes fees. */
const highestFeePerGas = 100_000_000_000_000n
const highestGas = 30_000_000n

/** Calls that the user brings from elsewhere: filled in here, read by the signer, tried, and decided on in the approval window. */
export function createCallsService(deps: CallsServiceDeps): CallsHandlers {
  async function findAccount(accountId: AccountId) {
    const account = (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    return account
  }

  async function prepare(request: CallRequest, from: `0x${string}`): Promise<TransactionFields> {
    const { chainId, to, speed } = request
    const chain = deps.chains.getEnabled(chainId)
    const data = parseData(request.data)
    const value = request.value.trim() === '' ? 0n : parseUnits(request.value, chain.nativeToken.decimals)
    const [state, history] = await Promise.all([
      deps.node.readAccountState(chainId, from, undefined),
      deps.node.readFeeHistory(chainId, rewardPercentiles),
    ])
    const fees = computeFees(history, speed, chain.minimumPriorityFeePerGas)
    if (fees.maxFeePerGas > highestFeePerGas) throw implausible(chainId, 'fee')
    const estimate = await deps.node.estimateGas(chainId, from, { to, value, data })
    if (estimate.status === 'reverted') {
      throw new AppError('signing.wouldFail', {
        reason: decodeRevertReason(estimate.revertData, estimate.message),
      })
    }
    const gas = addGasMargin(estimate.gas)
    if (gas > highestGas) throw implausible(chainId, 'gas')
    if (value + gas * fees.maxFeePerGas > state.nativeBalance) {
      throw new AppError('fee.notAffordable', { needed: value + gas * fees.maxFeePerGas })
    }
    return {
      chainId,
      nonce: chooseNonce(state.latestNonce, state.pendingNonce, deps.journal.listOpenNonces(chainId, from)),
      to,
      value,
      data,
      gas,
      maxFeePerGas: fees.maxFeePerGas,
      maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
    }
  }

  return {
    async send(request) {
      const account = await findAccount(request.accountId)
      const transaction = await prepare(request, account.address)
      const approved = await approveTransaction(deps.approvals, account, transaction)
      if (!approved) return { status: 'rejected' }
      const { activityId } = await deps.journal.submitCall({
        accountId: account.id,
        from: account.address,
        recipient: transaction.to,
        token: deps.chains.getEnabled(request.chainId).nativeToken,
        units: transaction.value,
        transaction,
        ...approved,
      })
      return { status: 'sent', activityId }
    },
  }
}

/** @throws AppError `call.dataInvalid` */
function parseData(text: string): Hex {
  const data = text.trim().toLowerCase()
  if (data === '') return '0x'
  if (!/^0x(?:[0-9a-f]{2})*$/.test(data)) throw new AppError('call.dataInvalid')
  return data as Hex
}

function implausible(chainId: number, what: string): AppError {
  return new AppError('chain.rpcFailed', { chainId, reason: `implausible ${what}` })
}
