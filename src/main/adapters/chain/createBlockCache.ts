import type { z } from 'zod'

/** Joins equal questions, and keeps what was read at the newest block for as long as it is the newest. */
export interface BlockCache {
  answer<Schema extends z.ZodType>(
    method: string,
    params: readonly unknown[],
    schema: Schema,
    ask: () => Promise<z.output<Schema>>,
  ): Promise<z.output<Schema>>
  noteHead(number: bigint, hash: string): void
}

/** Which parameter names the block, by the method; these read and change nothing. */
const blockParameter: Readonly<Record<string, number>> = {
  eth_getBlockByNumber: 0,
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
  eth_getProof: 2,
}
/** Bounds on what one block's answers may take of the memory. */
const mostEntries = 500
const mostCharacters = 100_000

interface Entry {
  readonly schema: z.ZodType
  readonly answer: Promise<unknown>
}

export function createBlockCache(): BlockCache {
  const underWay = new Map<string, Entry>()
  const kept = new Map<string, Entry>()
  let head: { readonly tag: string; readonly hash: string } | undefined

  return {
    answer(method, params, schema, ask) {
      const place = blockParameter[method]
      const tag = place === undefined ? undefined : params[place]
      // What is true "now" may have changed since an equal question was asked; only the newest block is asked for by everybody at once.
      const isShared = isNumber(tag) || (method === 'eth_getBlockByNumber' && tag === 'latest')
      if (!isShared) return ask()
      const key = `${method} ${JSON.stringify(params)}`
      const known = kept.get(key) ?? underWay.get(key)
      // By another schema the same answer may be another value.
      if (known?.schema === schema) return known.answer as Promise<z.output<typeof schema>>
      const askedAt = head
      const answer = ask().finally(() => underWay.delete(key))
      underWay.set(key, { schema, answer })
      if (askedAt && tag === askedAt.tag) {
        answer.then(
          (value) => {
            const isSmall = typeof value !== 'string' || value.length <= mostCharacters
            if (head === askedAt && isSmall && kept.size < mostEntries) kept.set(key, { schema, answer })
          },
          () => {},
        )
      }
      return answer
    },

    noteHead(number, hash) {
      if (head?.hash === hash) return
      head = { tag: `0x${number.toString(16)}`, hash }
      kept.clear()
    },
  }
}

function isNumber(tag: unknown): boolean {
  return typeof tag === 'string' && tag.startsWith('0x')
}
