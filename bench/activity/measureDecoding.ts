import { pad, toHex } from 'viem'
import type { DecodeContext } from '../../src/main/capabilities/activity/domain/decodeObserved.ts'
import {
  decodeObserved,
  judgeMovement,
  type ObservedTransaction,
  transferTopic,
} from '../../src/main/capabilities/activity/index.ts'
import type { AccountId, Address, ChainId, Hash } from '../../src/shared/identity/identity.ts'
import type { Token } from '../../src/shared/identity/token.ts'
import { createRandom } from './random.ts'

const count = 20_000
const knownCount = 200
const chainId = 1 as ChainId

/** Transactions a second that become entries: a third each payments, swaps and foreign transfers, against 200 known addresses. */
export function measureDecoding() {
  const random = createRandom(7)
  const account = random.address()
  const tokens = Array.from({ length: 60 }, (_, index) => createToken(random.address(), `T${index}`))
  const byAddress = new Map(tokens.map((token) => [token.ref.address.toLowerCase(), token]))
  const knownAddresses = Array.from({ length: knownCount }, () => random.address())
  const nativeToken = { ...createToken(account, 'ETH'), ref: { chainId, address: 'native' as const } }
  const context: DecodeContext = {
    chainId,
    account: { id: 'a' as AccountId, address: account },
    nativeToken,
    tokenOf: (address) => byAddress.get(address.toLowerCase()),
    nameOf: () => undefined,
    suspect: (movement, token) => judgeMovement(movement, token, { trusted: tokens, knownAddresses }),
  }
  const transactions = Array.from({ length: count }, (_, index) =>
    createTransaction(index, account, tokens, random.address),
  )
  const startedAt = cpuSeconds()
  let entries = 0
  for (const transaction of transactions) entries += decodeObserved(transaction, context).length
  const seconds = cpuSeconds() - startedAt
  return { transactions: count, entries, perSecond: Math.round(count / seconds) }
}

/** Of this thread, so that a busy machine does not count. */
function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}

function createToken(address: Address, symbol: string): Token {
  return {
    ref: { chainId, address },
    symbol,
    name: symbol,
    decimals: 18,
    assetClass: 'token',
    source: 'list',
  }
}

function createTransaction(
  index: number,
  account: Address,
  tokens: readonly Token[],
  draw: () => Address,
): ObservedTransaction {
  const kind = index % 3
  const other = draw()
  const log = (token: Token | undefined, from: Address, to: Address) => ({
    address: token?.ref.address as Address,
    topics: [transferTopic, pad(from), pad(to)] as const,
    data: toHex(BigInt(index + 1), { size: 32 }),
  })
  const [first, second] = [tokens[index % tokens.length], tokens[(index * 7 + 1) % tokens.length]]
  return {
    hash: toHex(index, { size: 32 }) as Hash,
    from: kind === 2 ? other : account,
    to: other,
    value: kind === 0 ? 1n : 0n,
    data: kind === 0 ? '0x' : '0x3593564c',
    nonce: index,
    succeeded: true,
    blockNumber: BigInt(index),
    blockTimestampMs: index,
    gasUsed: 21_000n,
    effectiveGasPrice: 1n,
    fee: 21_000n,
    logs:
      kind === 0
        ? []
        : kind === 1
          ? [log(first, account, other), log(second, other, account)]
          : [log(first, other, account)],
  }
}
