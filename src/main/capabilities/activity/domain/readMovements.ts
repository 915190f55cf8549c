import type { Address } from '../../../../shared/identity/identity.ts'
import type { InnerPayment, ObservedLog, ObservedTransaction } from './ObservedTransaction.ts'

/** Units of a token, or of the coin, that came to an account or left it. */
export interface Movement {
  readonly token: Address | 'native'
  readonly from: Address
  readonly to: Address
  readonly units: bigint
  readonly direction: 'in' | 'out'
}

export interface Allowance {
  readonly token: Address
  readonly spender: Address
  readonly units: bigint
}

/** ERC-20's Transfer(address,address,uint256) and Approval(address,address,uint256). */
export const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
export const approvalTopic = '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925'
/** WETH9's Deposit(address,uint256) and Withdrawal(address,uint256), which stand in place of transfers. */
const depositTopic = '0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c'
const withdrawalTopic = '0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65'

/** What a transaction moved for an account, by its own value, its logs, and what a node traced inside it. */
export function readMovements(
  transaction: ObservedTransaction,
  account: Address,
  inner: readonly InnerPayment[] = [],
): Movement[] {
  if (!transaction.succeeded) return []
  const own = account.toLowerCase()
  const movements: Movement[] = []
  const add = (token: Movement['token'], from: Address, to: Address, units: bigint) => {
    // What goes from the account to itself moves nothing.
    if (from.toLowerCase() === to.toLowerCase()) return
    if (to.toLowerCase() === own) movements.push({ token, from, to, units, direction: 'in' })
    else if (from.toLowerCase() === own) movements.push({ token, from, to, units, direction: 'out' })
  }
  const { from, to, value, logs } = transaction
  if (value > 0n && to) add('native', from, to, value)
  for (const payment of inner) add('native', payment.from, payment.to, payment.value)
  const told = new Set(logs.filter(isTransfer).map(({ address }) => address.toLowerCase()))
  for (const log of logs) {
    const [topic, first, second] = log.topics
    if (!first || log.data.length < 66) continue
    if (isTransfer(log) && second) {
      add(log.address, addressIn(first), addressIn(second), BigInt(log.data.slice(0, 66)))
      // Newer wrapped coins tell a conversion as a transfer too.
    } else if (!told.has(log.address.toLowerCase())) {
      if (topic === depositTopic)
        add(log.address, log.address, addressIn(first), BigInt(log.data.slice(0, 66)))
      if (topic === withdrawalTopic)
        add(log.address, addressIn(first), log.address, BigInt(log.data.slice(0, 66)))
    }
  }
  return movements
}

/** The allowances that an account gave or ended; the last one of each counts. */
export function readAllowances({ logs, succeeded }: ObservedTransaction, account: Address): Allowance[] {
  if (!succeeded) return []
  const found = new Map<string, Allowance>()
  for (const { address, topics, data } of logs) {
    const [topic, owner, spender, more] = topics
    if (topic !== approvalTopic || !owner || !spender || more !== undefined || data.length < 66) continue
    if (addressIn(owner).toLowerCase() !== account.toLowerCase()) continue
    found.set(`${address}:${spender}`.toLowerCase(), {
      token: address,
      spender: addressIn(spender),
      units: BigInt(data.slice(0, 66)),
    })
  }
  return [...found.values()]
}

/** ERC-721 indexes its third argument: an identifier, not an amount. */
const isTransfer = ({ topics, data }: ObservedLog) =>
  topics[0] === transferTopic && topics.length === 3 && data.length >= 66

const addressIn = (topic: string): Address => `0x${topic.slice(26)}`
