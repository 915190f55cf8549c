import type {
  MultiSendPreview,
  MultiSendRequest,
  Recipient,
  SendOutcome,
} from '../../../shared/contract/transfers.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { approveTransaction } from './approveTransaction.ts'
import { addGasMargin } from './domain/addGasMargin.ts'
import { buildMultiSendCall } from './domain/buildMultiSendCall.ts'
import { chooseNonce } from './domain/chooseNonce.ts'
import { computeFees, rewardPercentiles } from './domain/computeFees.ts'
import { decodeRevertReason } from './domain/decodeRevertReason.ts'
import { encodeUnsigned } from './domain/encodeUnsigned.ts'
import { addDataMargin, effectiveFeePerGas } from './domain/feeOptions.ts'
import type { ApprovalPort, TransactionFields, TransferJournal, TransferNode } from './transfers.ports.ts'

export interface SendToManyDeps {
  readonly node: Pick<TransferNode, 'readAccountState' | 'readFeeHistory' | 'readDataFee' | 'estimateGas'>
  readonly approvals: ApprovalPort
  readonly journal: TransferJournal
}

export interface PreparedMultiSend {
  readonly preview: Omit<MultiSendPreview, 'previewId' | 'expiresAtMs'>
  readonly transaction: TransactionFields
}

/** 100,000 gwei, as for a single transfer. */
const highestFeePerGas = 100_000_000_000_000n
const highestGas = 30_000_000n

/**
 * One transaction that pays the coin to several recipients, all or none.
 *
 * A contract among them would see the sender in Multicall3, and could credit it what anybody may then take: there are none.
 *
 * @throws AppError `multiSend.*`, `amount.*`, `transfer.*`, `fee.notAffordable`, `chain.*`
 */
export async function prepareMultiSend(
  { node, journal }: SendToManyDeps,
  request: MultiSendRequest,
  chain: ChainDefinition,
  account: Account,
  recipients: readonly Recipient[],
): Promise<PreparedMultiSend> {
  const { chainId, nativeToken, multicall3 } = chain
  if (!multicall3) throw new AppError('multiSend.unavailable')
  const payments = request.payments.map(({ amount }, index) => {
    const recipient = recipients[index]
    if (!recipient) throw new RangeError('A payment without a recipient')
    const units = parseUnits(amount, nativeToken.decimals)
    if (units === 0n) throw new AppError('amount.zero')
    return { recipient, units }
  })
  refuseUselessPayments(account, recipients)

  const call = buildMultiSendCall(
    multicall3,
    payments.map(({ recipient, units: own }) => ({ to: recipient.address, units: own })),
  )
  const units = call.value
  const [state, history] = await Promise.all([
    node.readAccountState(chainId, account.address, undefined),
    node.readFeeHistory(chainId, rewardPercentiles),
  ])
  const fees = computeFees(history, request.speed, chain.minimumPriorityFeePerGas)
  // Before the node is asked: an amount that is not there must not show as a revert.
  if (units > state.nativeBalance)
    throw new AppError('amount.overBalance', { available: state.nativeBalance })
  const estimate = await node.estimateGas(chainId, account.address, call)
  if (estimate.status === 'reverted') {
    throw new AppError('transfer.wouldRevert', {
      reason: decodeRevertReason(estimate.revertData, estimate.message),
    })
  }
  const gas = addGasMargin(estimate.gas)
  if (gas > highestGas || fees.maxFeePerGas > highestFeePerGas) {
    throw new AppError('chain.rpcFailed', { chainId, reason: 'implausible fee' })
  }
  const taken = journal.listOpenNonces(chainId, account.address)
  const nonce = chooseNonce(state.latestNonce, state.pendingNonce, taken)
  const transaction = { chainId, nonce, ...call, gas, ...fees }
  const dataFee = await node.readDataFee(chainId, encodeUnsigned(transaction))
  const maximum = gas * fees.maxFeePerGas + addDataMargin(dataFee)
  if (units + maximum > state.nativeBalance) {
    throw new AppError('fee.notAffordable', {
      needed: units + maximum,
      available: state.nativeBalance,
      decimals: nativeToken.decimals,
      symbol: nativeToken.symbol,
    })
  }
  return {
    transaction,
    preview: {
      chainId,
      accountId: account.id,
      token: nativeToken,
      payments,
      units: baseUnits(units),
      fee: {
        expected: wei(estimate.gas * effectiveFeePerGas(fees) + (dataFee ?? 0n)),
        maximum: wei(maximum),
      },
      balanceAfter: baseUnits(state.nativeBalance - units - maximum),
    },
  }
}

function refuseUselessPayments(account: Account, recipients: readonly Recipient[]): void {
  for (const [index, { address, isContract }] of recipients.entries()) {
    if (/^0x0{40}$/.test(address)) throw new AppError('address.invalid', { reason: 'zeroAddress' })
    if (isSameAddress(address, account.address)) throw new AppError('transfer.toSelf')
    if (isContract) throw new AppError('multiSend.toContract', { address })
    if (recipients.slice(0, index).some((before) => isSameAddress(before.address, address))) {
      throw new AppError('multiSend.repeated', { address })
    }
  }
}

/**
 * Asks for the approval, and brings it on its way.
 *
 * @throws AppError `transfer.previewExpired`, `signing.*`, `transfer.broadcastFailed`
 */
export async function sendToMany(
  { approvals, journal }: SendToManyDeps,
  { preview, transaction }: PreparedMultiSend,
  account: Account,
): Promise<SendOutcome> {
  if (journal.listOpenNonces(transaction.chainId, account.address).includes(transaction.nonce)) {
    throw new AppError('transfer.previewExpired')
  }
  const approved = await approveTransaction(approvals, account, transaction)
  if (!approved) return { status: 'rejected' }
  const { activityId } = await journal.submit({
    accountId: account.id,
    from: account.address,
    recipient: transaction.to,
    recipientName: undefined,
    payments: preview.payments.map(({ recipient, units }) => ({ to: recipient.address, units })),
    token: preview.token,
    units: preview.units,
    transaction,
    ...approved,
  })
  return { status: 'sent', activityId }
}
