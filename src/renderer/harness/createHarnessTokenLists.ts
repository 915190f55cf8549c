import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { TokenJudgement, TokenListInfo, tokensContract } from '../../shared/contract/tokens.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import { tokenKey } from '../../shared/identity/identity.ts'
import { harnessScales, harnessTokens } from './harnessTokens.ts'

type TokenHandlers = Omit<Handlers<{ readonly tokens: typeof tokensContract }>['tokens'], 'list' | 'resolve'>

/** Token lists and judgements of the harness. */
export function createHarnessTokenLists(
  nowMs: () => number,
  events: {
    readonly tellLists: (lists: TokenListInfo[]) => void
    readonly tellJudgements: (judgements: TokenJudgement[]) => void
  },
): TokenHandlers {
  let lists: TokenListInfo[] = [
    {
      id: 'bundled',
      name: 'Minato',
      origin: 'bundled',
      version: '1.0.0',
      isEnabled: true,
      tokenCount: harnessTokens.length,
      skipped: 0,
      imitations: 0,
      isInBackup: true,
    },
  ]
  let judgements: TokenJudgement[] = harnessTokens
    .filter(({ source }) => source === 'contract')
    .map((token) => ({
      token,
      isHidden: false,
      isChosen: false,
      reasons: ['oddSymbol'],
      foundAtMs: nowMs(),
    }))
  const setLists = (next: TokenListInfo[]) => {
    lists = next
    events.tellLists(lists)
    return lists
  }
  return {
    listScales: () => harnessScales,
    listLists: () => lists,
    addList: (request) => {
      if (request.origin !== 'url' && !request.text.startsWith('{'))
        throw new AppError('tokenList.invalid', { reason: 'json' })
      return setLists([
        ...lists,
        {
          id: `list-${lists.length}`,
          name: 'Added list',
          origin: request.origin,
          ...(request.origin === 'url' ? { url: request.url } : {}),
          version: '2.1.0',
          isEnabled: true,
          tokenCount: 12,
          skipped: 1,
          imitations: 2,
          isInBackup: request.origin === 'url' || request.text.length <= 1_000_000,
        },
      ])
    },
    renewList: () => lists,
    setListEnabled: ({ id, isEnabled }) =>
      setLists(lists.map((list) => (list.id === id ? { ...list, isEnabled } : list))),
    removeList: ({ id }) => setLists(lists.filter((list) => list.id !== id)),
    listJudgements: () => judgements,
    setHidden: ({ token, isHidden }) => {
      judgements = judgements.map((judgement) =>
        tokenKey(judgement.token.ref) === tokenKey(token)
          ? { ...judgement, isHidden, isChosen: true }
          : judgement,
      )
      events.tellJudgements(judgements)
      return judgements
    },
  }
}
