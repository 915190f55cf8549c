import type {
  BalanceChange,
  Recipient,
  TransferPreview,
  TransferRequest,
} from '../../../shared/contract/transfers.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits, gasUnits, wei } from '../../../shared/money/units.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { ignoreUnknownToken, type TokensService } from '../tokens/index.ts'
import { addGasMargin, plainPaymentGas } from './domain/addGasMargin.ts'
import { buildTransferCall } from './domain/buildTransferCall.ts'
import { chooseNonce } from './domain/chooseNonce.ts'
import { collectChanges } from './domain/collectChanges.ts'
import { computeFees, rewardPercentiles } from './domain/computeFees.ts'
import { decideUnits } from './domain/decideUnits.ts'
import { decodeRevertReason } from './domain/decodeRevertReason.ts'
import { encodeUnsigned } from './domain/encodeUnsigned.ts'
import { addDataMargin, computeExactFees, effectiveFeePerGas, listFeeOptions } from './domain/feeOptions.ts'
import { findIntentMismatch } from './domain/findIntentMismatch.ts'
import type {
  CallFields,
  Executed,
  Simulation,
  TransactionFields,
  TransferGuard,
  TransferJournal,
  TransferNode,
} from './transfers.ports.ts'

export interface PrepareTransferDeps {
  readonly node: TransferNode
  readonly tokens: Pick<TokensService, 'list' | 'find' | 'resolve'>
  readonly journal: Pick<TransferJournal, 'listOpenNonces'>
  readonly assetGuard: TransferGuard
}

export interface PreparedTransfer {
  readonly preview: Omit<TransferPreview, 'previewId' | 'expiresAtMs'>
  readonly transaction: TransactionFields
}

/** 100,000 gwei: far above what any of these chains ever asked, and low enough to notice a node that shapes fees. */
const highestFeePerGas = 100_000_000_000_000n
/** Block gas limits are below this; no honest transfer comes near. */
const highestGas = 30_000_000n
/** Foreign tokens of a simulation whose names are looked up; more would only cost time. */
const mostForeignTokens = 6

/**
 * Turns a request into the exact transaction, and shows by executing it what it does.
 *
 * @throws AppError `amount.*`, `fee.notAffordable`, `transfer.*`, `token.unknown`, `asset.transferRefused`, `chain.*`
 */
export async function prepareTransfer(
  deps: PrepareTransferDeps,
  request: TransferRequest,
  chain: ChainDefinition,
  account: Account,
  recipient: Recipient,
): Promise<PreparedTransfer> {
  const { chainId, nativeToken } = chain
  const token = await deps.tokens.resolve(request.token)
  const isNative = token.ref.address === 'native'
  const tokenAddress = token.ref.address === 'native' ? undefined : token.ref.address
  refuseUselessRecipient(deps, chain, token, account, recipient)

  const [state, history] = await Promise.all([
    deps.node.readAccountState(chainId, account.address, tokenAddress),
    deps.node.readFeeHistory(chainId, rewardPercentiles),
  ])
  const usualFees = computeFees(history, request.speed, chain.minimumPriorityFeePerGas)
  if (usualFees.maxFeePerGas > highestFeePerGas) throw implausible(chain, 'fee')

  const base = {
    amount: request.amount,
    token,
    nativeToken,
    tokenBalance: state.tokenBalance,
    nativeBalance: state.nativeBalance,
  }
  // Before the node is asked anything about it: an amount that is not there must not show as a revert.
  const provisional = decideUnits({ ...base, maximumFee: 0n })
  // Asked of the contract's own rules, so that the reason can be told in words: the node would only say that it reverts.
  await deps.assetGuard.refuseForbidden(chainId, [
    { token, from: account.address, to: recipient.address, units: provisional },
  ])
  const estimateUnits = isNative && request.amount === 'max' ? 1n : provisional
  const estimate = requireSuccess(
    await deps.node.estimateGas(
      chainId,
      account.address,
      buildTransferCall(token.ref, recipient.address, estimateUnits),
    ),
  )
  const gasLimit = addGasMargin(estimate.gas)
  if (gasLimit > highestGas) throw implausible(chain, 'gas')
  const call = (units: bigint) => buildTransferCall(token.ref, recipient.address, units)
  const nonce = chooseNonce(
    state.latestNonce,
    state.pendingNonce,
    deps.journal.listOpenNonces(chainId, account.address),
  )
  const draft = { chainId, nonce, ...call(estimateUnits), gas: gasLimit }
  const dataFee = await deps.node.readDataFee(chainId, encodeUnsigned({ ...draft, ...usualFees }))
  // Where the gas that it takes is known to the unit, the price of gas can be too: then nothing is left behind.
  const empties =
    isNative && request.amount === 'max' && gasLimit === plainPaymentGas && dataFee === undefined
  const fees = empties ? computeExactFees(history, usualFees) : usualFees
  const maximum = gasLimit * fees.maxFeePerGas + addDataMargin(dataFee)
  const units = decideUnits({ ...base, maximumFee: maximum })

  const transaction: TransactionFields = {
    ...draft,
    ...call(units),
    maxFeePerGas: fees.maxFeePerGas,
    maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
  }
  const simulation = requireSuccess(
    await deps.node.simulate(
      transaction,
      account.address,
      tokenAddress && { token: tokenAddress, holders: [account.address, recipient.address] },
    ),
  )
  refuseOtherEffects(simulation, transaction, token, account, recipient, units)

  const changes = await nameChanges(deps, chain, simulation, token, account, recipient)
  const nativeBalanceAfter = state.nativeBalance - maximum - (isNative ? units : 0n)
  const balanceAfter = isNative ? nativeBalanceAfter : state.tokenBalance - units
  const assetWarnings = await deps.assetGuard.listWarnings(chainId, [{ token }])
  const isNew = !recipient.ownAccountName && !recipient.isKnown
  return {
    transaction,
    preview: {
      chainId,
      accountId: account.id,
      token,
      units,
      recipient,
      fee: {
        gasLimit,
        maxFeePerGas: fees.maxFeePerGas,
        maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
        expected: wei(simulation.gasUsed * effectiveFeePerGas(fees) + (dataFee ?? 0n)),
        maximum: wei(maximum),
        ...(dataFee === undefined ? {} : { data: wei(dataFee) }),
      },
      feeOptions: listFeeOptions({
        history,
        minimumTip: chain.minimumPriorityFeePerGas,
        gasLimit,
        gasUsed: simulation.gasUsed,
        dataFee,
        blockTimeSeconds: chain.blockTimeSeconds,
      }),
      nonce: transaction.nonce,
      simulation: {
        blockNumber: simulation.blockNumber,
        gasUsed: gasUnits(simulation.gasUsed),
        changes,
        ...(simulation.effects ? {} : { balanceChangesUnknown: true as const }),
      },
      balanceAfter: baseUnits(balanceAfter),
      nativeBalanceAfter: wei(nativeBalanceAfter),
      warnings: [
        ...(recipient.isContract ? (['recipientIsContract'] as const) : []),
        ...(isNew ? (['recipientIsNew'] as const) : []),
        ...(recipient.ownAccountName ? (['recipientIsOwnAccount'] as const) : []),
        ...(recipient.resembles ? (['recipientResemblesKnown'] as const) : []),
        ...(recipient.falseName === undefined ? [] : (['nameIsFalse'] as const)),
        ...(recipient.primaryName === undefined ? [] : (['nameDiffers'] as const)),
        ...(balanceAfter === 0n ? (['emptiesAccount'] as const) : []),
        ...assetWarnings,
      ],
    },
  }
}

function refuseUselessRecipient(
  { tokens }: PrepareTransferDeps,
  chain: ChainDefinition,
  token: Token,
  account: Account,
  { address, tokenSymbol }: Recipient,
): void {
  if (/^0x0{40}$/.test(address)) throw new AppError('address.invalid', { reason: 'zeroAddress' })
  if (isSameAddress(address, account.address)) throw new AppError('transfer.toSelf')
  // What is sent to a token's contract is lost for good: hardly any can give it back.
  const listed = tokens
    .list(chain.chainId)
    .find(({ ref }) => ref.address !== 'native' && isSameAddress(ref.address, address))
  const isOwnContract = token.ref.address !== 'native' && isSameAddress(token.ref.address, address)
  if (listed || isOwnContract || tokenSymbol !== undefined) {
    throw new AppError('transfer.toTokenContract', { symbol: listed?.symbol ?? tokenSymbol ?? token.symbol })
  }
}

function refuseOtherEffects(
  simulation: Simulation,
  transaction: CallFields,
  token: Token,
  account: Account,
  recipient: Recipient,
  units: bigint,
): void {
  const isToken = token.ref.address !== 'native'
  // ERC-20 lets a token refuse by returning false; some (USDT) return nothing at all, which is success.
  if (isToken && simulation.returnData.length >= 66 && BigInt(simulation.returnData.slice(0, 66)) === 0n) {
    throw new AppError('transfer.wouldRevert', { reason: 'The token refused the transfer (returned false)' })
  }
  if (!simulation.effects) return
  const mismatch = findIntentMismatch(simulation.effects, {
    token: token.ref,
    from: account.address,
    to: recipient.address,
    units,
  })
  if (mismatch) throw new AppError('transfer.simulationFailed', { reason: mismatch, to: transaction.to })
}

async function nameChanges(
  { tokens }: PrepareTransferDeps,
  chain: ChainDefinition,
  simulation: Simulation,
  token: Token,
  account: Account,
  recipient: Recipient,
): Promise<BalanceChange[]> {
  if (!simulation.effects) return []
  const named: BalanceChange[] = []
  let lookups = 0
  for (const change of collectChanges(simulation.effects, token.ref, [account.address, recipient.address])) {
    const ref = { chainId: chain.chainId, address: change.token }
    let changed = isSameToken(ref.address, token.ref.address) ? token : tokens.find(ref)
    if (!changed && lookups < mostForeignTokens) {
      lookups += 1
      changed = await tokens.resolve(ref).catch(ignoreUnknownToken)
    }
    if (changed) named.push({ address: change.address, token: changed, delta: change.delta })
  }
  return named
}

const isSameToken = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

function requireSuccess<T>(result: Executed<T>): T {
  if (result.status === 'succeeded') return result
  throw new AppError('transfer.wouldRevert', {
    reason: decodeRevertReason(result.revertData, result.message),
  })
}

function implausible(chain: ChainDefinition, what: string): AppError {
  return new AppError('chain.rpcFailed', { chainId: chain.chainId, reason: `implausible ${what}` })
}
