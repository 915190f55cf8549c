import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { signerContract } from '../../shared/contract/signer.ts'
import type { Queue } from './memory/createQueue.ts'
import type { ClearSigning } from './signing/clear/clearSigning.ts'
import type { UserDescriptors } from './signing/clear/userDescriptors.ts'
import type { Session } from './vault/session.ts'

/** The list of the user's descriptors, and their end; they begin in `messageHandlers.ts`, with an approval. */
export function createDescriptorHandlers(
  session: Pick<Session, 'content'>,
  descriptors: UserDescriptors,
  clear: Pick<ClearSigning, 'forget'>,
  inTurn: Queue,
): Handlers<typeof signerContract>['descriptors'] {
  const list = async () => (await descriptors.list()).map(({ summary }) => summary)
  return {
    list() {
      session.content()
      return list()
    },
    remove: ({ digest }) =>
      inTurn(async () => {
        session.content()
        await descriptors.remove(digest)
        clear.forget()
        return list()
      }),
  }
}
