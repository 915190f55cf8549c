import { type Address, ethAddress, getAddress, type Hex, isAddressEqual, sliceHex, zeroAddress } from 'viem'

interface TransferLog {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
}

// keccak256('Transfer(address,address,uint256)')
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

/** What an account gained or lost of each token by the Transfer events of some logs; ether has the zero address. */
export function sumTransfers(logs: readonly TransferLog[], account: Address): Map<Address, bigint> {
  const sums = new Map<Address, bigint>()
  for (const { address, topics, data } of logs) {
    const [topic, from, to] = topics
    if (topic !== transferTopic || from === undefined || to === undefined || data === '0x') continue
    const amount = BigInt(data)
    const token = isAddressEqual(address, ethAddress) ? zeroAddress : getAddress(address)
    if (isAddressEqual(sliceHex(to, 12), account)) sums.set(token, (sums.get(token) ?? 0n) + amount)
    if (isAddressEqual(sliceHex(from, 12), account)) sums.set(token, (sums.get(token) ?? 0n) - amount)
  }
  return sums
}
