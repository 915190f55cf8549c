import type { SignerConfig } from '../../../../shared/contract/signer.ts'
import type { Session } from '../../vault/session.ts'
import { listBuiltIn } from './builtInDescriptors.ts'
import type { ClearContext } from './ClearContext.ts'
import { createDescriptorBook, type DescriptorBook } from './DescriptorBook.ts'
import { readInterface, type UserDescriptors } from './userDescriptors.ts'

/** What explains calls and messages: Minato's descriptors, the user's, and the names that the signer knows. */
export interface ClearSigning {
  context(): Promise<ClearContext>
  /** After a change of the user's descriptors. */
  forget(): void
}

export function createClearSigning(
  config: Pick<SignerConfig, 'chains' | 'tokens'>,
  session: Pick<Session, 'ownNameOf' | 'content'>,
  userDescriptors: Pick<UserDescriptors, 'list'>,
  onFault: ClearContext['onFault'],
): ClearSigning {
  let book: Promise<DescriptorBook> | undefined
  async function openBook(): Promise<DescriptorBook> {
    const users = await userDescriptors.list()
    return createDescriptorBook(
      [...listBuiltIn(config), ...users.map(({ json }) => ({ json, isUsers: true }))],
      readInterface,
    )
  }
  return {
    async context() {
      book ??= openBook()
      return {
        book: await book,
        chains: config.chains,
        tokens: config.tokens,
        onFault,
        ownNameOf: session.ownNameOf,
        ownAddresses: () =>
          session
            .content()
            .wallets.flatMap(({ accounts }) => accounts.map(({ address, name }) => ({ address, name }))),
      }
    },
    forget() {
      book = undefined
    },
  }
}
