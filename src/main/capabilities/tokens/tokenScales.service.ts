import type { TokenScale } from '../../../shared/contract/tokens.ts'
import { type Address, type ChainId, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import type { TokenScaleReader, TokenScaleStore } from './tokens.ports.ts'

export interface TokenScalesDeps {
  readonly reader: TokenScaleReader
  readonly store: TokenScaleStore
  /** Told when an amount is to be shown otherwise than before. */
  onChanged(scales: TokenScale[]): void
}

export interface TokenScales {
  /** In units of 10^-18; `unscaled` where the token has none, or was never asked. */
  multiplierOf(token: TokenRef): bigint
  /** Every token that is shown otherwise than it counts. */
  list(): TokenScale[]
  /** Asks those of a chain that were not asked in this session, and again all that have a multiplier. @throws AppError `chain.*` */
  refresh(chainId: ChainId, tokens: readonly TokenRef[]): Promise<void>
  /** Asks a token of which nothing is known and that was not asked in this session. @throws AppError `chain.*` */
  confirm(token: TokenRef): Promise<void>
}

/** Beyond this no honest token shows what it counts, and numbers become too long to read. */
const highestMultiplier = 10n ** 36n

/** By how much tokens want their amounts multiplied where they are shown (ERC-8056): as their contracts say it at the newest block. */
export function createTokenScales({ reader, store, onChanged }: TokenScalesDeps): TokenScales {
  /** Contracts that have a multiplier, also where it is one at present. */
  const known = new Map(store.readAll().map((scale) => [tokenKey(scale.token), scale]))
  const asked = new Set<string>()

  const multiplierOf = (token: TokenRef) => known.get(tokenKey(token))?.multiplier ?? unscaled
  const list = () => [...known.values()].filter(({ multiplier }) => multiplier !== unscaled)

  async function ask(chainId: ChainId, addresses: readonly Address[]): Promise<void> {
    if (addresses.length === 0) return
    const answers = await reader.readMultipliers(chainId, addresses)
    let isChanged = false
    addresses.forEach((address, index) => {
      const token = { chainId, address }
      const multiplier = answers[index]
      asked.add(tokenKey(token))
      // A contract that answered once and does not now has not stopped to stand for what it said.
      if (multiplier === undefined || multiplier === 0n || multiplier > highestMultiplier) return
      const before = known.get(tokenKey(token))
      if (before?.multiplier === multiplier) return
      isChanged ||= multiplier !== multiplierOf(token)
      known.set(tokenKey(token), { token, multiplier })
      store.write({ token, multiplier })
    })
    if (isChanged) onChanged(list())
  }

  return {
    list,
    multiplierOf,

    async refresh(chainId, tokens) {
      const due = new Map<string, Address>()
      for (const { token } of known.values()) {
        if (token.chainId === chainId) due.set(tokenKey(token), token.address)
      }
      for (const token of tokens) {
        if (token.address !== 'native' && token.chainId === chainId && !asked.has(tokenKey(token)))
          due.set(tokenKey(token), token.address)
      }
      await ask(chainId, [...due.values()])
    },

    async confirm(token) {
      const { chainId, address } = token
      const key = tokenKey(token)
      if (address !== 'native' && !known.has(key) && !asked.has(key)) await ask(chainId, [address])
    },
  }
}
