import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { DescriptorSummary } from '../../../shared/contract/descriptors.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Hash } from '../../../shared/identity/identity.ts'
import type { ApprovalsService } from '../approvals/index.ts'
import type { AccountDirectory } from '../chains/index.ts'

export interface DescriptorsServiceDeps {
  readonly signer: {
    list(): Promise<DescriptorSummary[]>
    remove(input: { digest: Hash }): Promise<DescriptorSummary[]>
  }
  readonly accounts: AccountDirectory
  readonly approvals: Pick<ApprovalsService, 'requestMessage'>
}

/** The user's own descriptors (ERC-7730): kept by the signer, begun in the approval window only. */
export function createDescriptorsService({
  signer,
  accounts,
  approvals,
}: DescriptorsServiceDeps): Handlers<typeof mainWindowContract>['descriptors'] {
  return {
    list: () => signer.list(),
    async add({ text }) {
      const [account] = await accounts.listAccounts()
      if (!account) throw new AppError('account.missing')
      const outcome = await approvals.requestMessage({ kind: 'descriptor', accountId: account.id, text })
      return outcome.status === 'signed'
        ? { status: 'added', descriptors: await signer.list() }
        : { status: 'rejected' }
    },
    remove: ({ digest }) => signer.remove({ digest }),
  }
}
