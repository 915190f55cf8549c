import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { Delegations } from '../../../shared/contract/delegations.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { mulDivUp } from '../../../shared/money/mulDiv.ts'
import type { ApprovalsService } from '../approvals/index.ts'
import type { AccountDirectory, ChainDefinition, ChainDirectory } from '../chains/index.ts'
import {
  chooseNonce,
  computeFees,
  encodeHex,
  rewardPercentiles,
  type TransactionFields,
} from '../transfers/index.ts'
import type { DelegationJournal, DelegationNode } from './delegations.ports.ts'
import { readDelegate } from './domain/readDelegate.ts'
import { encodeTakingBack, isSignedTakingBack, nothing } from './domain/takingBack.ts'

export interface DelegationsDependencies {
  readonly chains: Pick<ChainDirectory, 'getEnabled' | 'listEnabled'>
  readonly accounts: AccountDirectory
  readonly node: DelegationNode
  readonly approvals: Pick<ApprovalsService, 'requestApproval'>
  readonly journal: DelegationJournal
}

/** What an authorisation adds to the gas of a transaction before any of it is given back (EIP-7702). */
const authorizationGas = 25_000n

/** Finds out to whom accounts were handed over on chain (EIP-7702), and takes that back. */
export function createDelegationsService(
  deps: DelegationsDependencies,
): Handlers<typeof mainWindowContract>['delegations'] {
  const { chains, node, approvals, journal } = deps

  async function findAccount(accountId: AccountId): Promise<Account> {
    const account = (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    return account
  }

  const delegateOf = async (chainId: ChainId, account: Account) =>
    readDelegate(await node.readCode(chainId, account.address))

  async function prepare(
    { chainId, ...chain }: ChainDefinition,
    account: Account,
  ): Promise<TransactionFields> {
    const { address } = account
    const [state, history, estimate] = await Promise.all([
      node.readAccountState(chainId, address, undefined),
      node.readFeeHistory(chainId, rewardPercentiles),
      // To nobody: what a payment that runs no code costs on this chain. To itself the delegate's code would run in the estimate.
      node.estimateGas(chainId, address, nothing),
    ])
    if (estimate.status !== 'succeeded')
      throw new AppError('transfer.wouldRevert', { reason: estimate.message })
    const { maxFeePerGas, maxPriorityFeePerGas } = computeFees(
      history,
      'normal',
      chain.minimumPriorityFeePerGas,
    )
    const gas = mulDivUp(estimate.gas + authorizationGas, 120n, 100n)
    if (state.nativeBalance < gas * maxFeePerGas) {
      throw new AppError('fee.notAffordable', {
        symbol: chain.nativeToken.symbol,
        decimals: chain.nativeToken.decimals,
        needed: gas * maxFeePerGas,
        available: state.nativeBalance,
      })
    }
    const taken = journal.listOpenNonces(chainId, address)
    return {
      chainId,
      nonce: chooseNonce(state.latestNonce, state.pendingNonce, taken),
      to: address,
      value: 0n,
      data: '0x',
      gas,
      maxFeePerGas,
      maxPriorityFeePerGas,
    }
  }

  return {
    async list({ accountId }) {
      const account = await findAccount(accountId)
      const found: Delegations = { delegations: [], unansweredChainIds: [] }
      await Promise.all(
        chains.listEnabled().map(async ({ chainId }) => {
          try {
            const delegate = await delegateOf(chainId, account)
            if (delegate) found.delegations.push({ chainId, delegate })
          } catch (thrown) {
            if (!(thrown instanceof AppError)) throw thrown
            found.unansweredChainIds.push(chainId)
          }
        }),
      )
      return found
    },

    async takeBack({ accountId, chainId }) {
      const chain = chains.getEnabled(chainId)
      const account = await findAccount(accountId)
      const delegate = await delegateOf(chainId, account)
      if (!delegate) throw new AppError('request.invalid', { path: 'chainId', rule: 'notDelegated' })
      const transaction = await prepare(chain, account)
      const outcome = await approvals.requestApproval({
        accountId,
        transaction: encodeTakingBack(transaction),
        claims: {},
      })
      if (outcome.status === 'rejected') return { status: 'rejected' }
      const { signedTransaction, transactionHash } = outcome
      if (!(await isSignedTakingBack(signedTransaction, transactionHash, transaction, account.address))) {
        throw new AppError('signing.digestMismatch')
      }
      const { activityId } = await journal.submitTakingBack({
        accountId,
        from: account.address,
        delegate,
        nativeToken: chain.nativeToken,
        transaction,
        signedTransaction: encodeHex(signedTransaction),
        transactionHash,
      })
      return { status: 'sent', activityId }
    },
  }
}
