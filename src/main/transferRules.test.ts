import { type Abi, encodeFunctionData, erc20Abi, type Hex, parseAbi } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '../../devnet/actors/createRandom.ts'
import {
  ACCOUNT_ADDRESSES,
  createRpc,
  type LocalChain,
  type Rpc,
  RpcError,
  sendAs,
  startChain,
} from '../../devnet/index.ts'
import { deployArtifact } from '../../devnet/testing/deployArtifact.ts'
import type { Address, ChainId } from '../shared/identity/identity.ts'
import { createContractReader } from './adapters/chain/createContractReader.ts'
import { createNodeNetwork, type RpcNetwork } from './adapters/chain/createNodeNetwork.ts'
import { parseChainManifest } from './adapters/chain/readChainManifest.ts'
import { monotonicMs, nowMs } from './adapters/system/clock.ts'
import { schedule } from './adapters/system/schedule.ts'
import { checkTransfer } from './capabilities/assets/checkTransfer.ts'

const chainId = 31337 as ChainId
const { deployer, practice, friend, outsider, lapsedInvestor, arbitrageur } = ACCOUNT_ADDRESSES
const people = [practice, friend, outsider, lapsedInvestor, arbitrageur]

/** How each issuer freezes, and stops everything. */
const issuers: Readonly<
  Record<string, { readonly abi: Abi; readonly freeze: readonly [string, string]; readonly flag: boolean }>
> = {
  // Circle
  USDC: {
    abi: parseAbi(['function blacklist(address)', 'function unBlacklist(address)']),
    freeze: ['blacklist', 'unBlacklist'],
    flag: false,
  },
  // Tether
  USDT: {
    abi: parseAbi(['function addBlackList(address)', 'function removeBlackList(address)']),
    freeze: ['addBlackList', 'removeBlackList'],
    flag: false,
  },
  // Paxos
  PYUSD: {
    abi: parseAbi(['function freeze(address)', 'function unfreeze(address)']),
    freeze: ['freeze', 'unfreeze'],
    flag: false,
  },
  // ERC-3643
  TOWER7: {
    abi: parseAbi(['function setAddressFrozen(address, bool)']),
    freeze: ['setAddressFrozen', 'setAddressFrozen'],
    flag: true,
  },
}
/** Standards that no seeded token follows: deployed for these tests. */
const regulatedAbi = parseAbi([
  'function mint(address, uint256)',
  'function setListed(address, bool)',
  'function setLockedUntil(address, uint256)',
  'function setAllowed(address, bool, bool)',
  'function setFrozenTokens(address, uint256)',
])
const partitionAbi = parseAbi([
  'function mint(address, uint256, uint256)',
  'function setHolder(uint256, address, bool)',
  'function setRestricted(uint256, bool)',
  'function lockTokens(address, uint256, uint256, uint256)',
  'function freezeAddress(address, bytes)',
  'function unFreeze(address, bytes)',
  'function balanceOf(address, uint256) view returns (uint256)',
  'function safeTransferFrom(address, address, uint256, uint256, bytes)',
])
const unit = 10n ** 18n
const pauseAbi = parseAbi(['function pause()', 'function unpause()'])
const partAbi = parseAbi([
  'function freezePartialTokens(address, uint256)',
  'function unfreezePartialTokens(address, uint256)',
  'function getFrozenTokens(address) view returns (uint256)',
])

let chain: LocalChain
let rpc: Rpc
let network: RpcNetwork
beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
  rpc = createRpc(chain.rpcUrl)
  network = createNodeNetwork({
    definitions: [parseChainManifest(chain.manifest).definition],
    nowMs,
    monotonicMs,
    schedule,
    onBug: (thrown) => {
      throw thrown
    },
  })
})
afterAll(async () => {
  network?.close()
  await chain?.stop()
})

function tokenOf(symbol: string): Address {
  const entry = chain.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}

async function isAccepted(token: Address, from: Address, to: Address, units: bigint): Promise<boolean> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, units] })
  try {
    await rpc<Hex>('eth_call', { from, to: token, data }, 'latest')
    return true
  } catch (thrown) {
    if (thrown instanceof RpcError) return false
    throw thrown
  }
}

const readUint = async (token: Address, data: Hex) =>
  BigInt(await rpc<Hex>('eth_call', { to: token, data }, 'latest'))

it('agrees with the contracts in 1,000 random transfers of every kind of token, under random freezes and stops', async () => {
  const random = createRandom(8)
  const reader = createContractReader(network)
  const restricted = await deployArtifact(rpc, deployer, 'RestrictedToken', ['Dock Shares', 'DOCK'])
  const universal = await deployArtifact(rpc, deployer, 'UniversalAsset', ['Pier Bond', 'PIERB'])
  const deployed: Readonly<Record<string, Address>> = { DOCK: restricted, PIERB: universal }
  // Beside those with rules two without: scaled amounts (ERC-8056) and a vault's shares (ERC-4626) move like any token.
  const symbols = [...Object.keys(issuers), 'DOCK', 'PIERB', 'HKTR', 'TBILL']
  const addressOf = (symbol: string) => deployed[symbol] ?? tokenOf(symbol)
  const frozen = new Map<string, Address>()
  const paused = new Set<string>()
  const seen = new Map<string, number>()
  const disagreements: string[] = []
  let transfers = 0
  const act = (token: Address, abi: Abi, functionName: string, args: readonly unknown[]) =>
    sendAs(rpc, deployer, { to: token, data: encodeFunctionData({ abi, functionName, args }) })
  const balanceOf = (token: Address, owner: Address) =>
    readUint(token, encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [owner] }))

  for (const person of people) {
    for (const token of [restricted, universal])
      await act(token, regulatedAbi, 'mint', [person, 1_000n * unit])
    await act(restricted, regulatedAbi, 'setListed', [person, true])
    await act(universal, regulatedAbi, 'setAllowed', [person, true, true])
  }

  /** Lists and locks of ERC-1404; permissions and frozen amounts of ERC-7943. */
  async function changeRegulated(symbol: 'DOCK' | 'PIERB', token: Address): Promise<void> {
    const person = random.pick(people)
    const isOn = random.next() < 0.6
    if (symbol === 'PIERB' && random.next() < 0.5) {
      const frozenUnits = isOn ? 0n : (await balanceOf(token, person)) / 2n
      await act(token, regulatedAbi, 'setFrozenTokens', [person, frozenUnits])
    } else if (symbol === 'PIERB') {
      await act(token, regulatedAbi, 'setAllowed', [person, isOn, random.next() < 0.6])
    } else if (random.next() < 0.3) {
      await act(token, regulatedAbi, 'setLockedUntil', [person, isOn ? 0n : 2n ** 40n])
    } else await act(token, regulatedAbi, 'setListed', [person, isOn])
  }

  /** The issuer changes one thing: freezes somebody or a part of what he holds, stops everything, or undoes it. */
  async function changeSomething(symbol: string): Promise<void> {
    const token = addressOf(symbol)
    if (symbol === 'DOCK' || symbol === 'PIERB') return changeRegulated(symbol, token)
    const issuer = issuers[symbol]
    if (!issuer) throw new Error(symbol)
    const [freeze, unfreeze] = issuer.freeze
    const held = frozen.get(symbol)
    if (paused.delete(symbol)) return void (await act(token, pauseAbi, 'unpause', []))
    const draw = random.next()
    if (draw < 0.15) {
      paused.add(symbol)
      await act(token, pauseAbi, 'pause', [])
    } else if (held !== undefined) {
      frozen.delete(symbol)
      await act(token, issuer.abi, unfreeze, issuer.flag ? [held, false] : [held])
    } else if (draw < 0.6 || symbol !== 'TOWER7') {
      const person = random.pick(people)
      frozen.set(symbol, person)
      await act(token, issuer.abi, freeze, issuer.flag ? [person, true] : [person])
    } else {
      const person = random.pick([practice, friend, lapsedInvestor, arbitrageur])
      const read = encodeFunctionData({ abi: partAbi, functionName: 'getFrozenTokens', args: [person] })
      const part = await readUint(token, read)
      if (part > 0n) await act(token, partAbi, 'unfreezePartialTokens', [person, part])
      else await act(token, partAbi, 'freezePartialTokens', [person, (await balanceOf(token, person)) / 2n])
    }
  }

  async function tryTransfer(
    symbol: string,
    from: Address,
    to: Address,
    perMille: number,
    block: bigint,
  ): Promise<void> {
    const token = addressOf(symbol)
    const balance = await balanceOf(token, from)
    // Nothing is sent by nobody: the app refuses an amount of zero before it asks for rules.
    if (balance === 0n) return
    transfers += 1
    const units = (balance * BigInt(perMille)) / 1_000n || 1n
    const [refusal, accepted] = await Promise.all([
      checkTransfer(reader, chainId, { token, from, to, units }, block),
      isAccepted(token, from, to, units),
    ])
    const rule = refusal?.rule ?? 'none'
    seen.set(rule, (seen.get(rule) ?? 0) + 1)
    // Tether's contract would let money go to a frozen address, which nobody could ever move again: that is refused all the same.
    const isProtective = symbol === 'USDT' && rule === 'recipientFrozen'
    if (accepted !== (refusal === undefined) && !isProtective) {
      disagreements.push(`${symbol} ${from} ${to} ${units}: ${rule}, ${accepted}`)
    }
  }

  while (transfers < 1_000) {
    await changeSomething(random.pick([...Object.keys(issuers), 'DOCK', 'PIERB']))
    const block = BigInt(await rpc<Hex>('eth_blockNumber'))
    await Promise.all(
      Array.from({ length: 25 }, () => {
        const from = random.pick(people)
        const to = random.pick(people.filter((each) => each !== from))
        return tryTransfer(random.pick(symbols), from, to, Math.floor(random.next() * 1_001), block)
      }),
    )
  }
  expect(disagreements).toEqual([])
  // The draw must have met every rule that these tokens have, or it proves nothing.
  expect([...seen.keys()].sort()).toEqual(
    [
      'amountFrozen',
      'none',
      'paused',
      'recipientFrozen',
      'recipientMayNotReceive',
      'recipientNotVerified',
      'restricted',
      'senderFrozen',
      'senderMayNotSend',
    ].sort(),
  )
  expect(seen.get('none')).toBeGreaterThan(300)
}, 120_000)

it('agrees with an asset in partitions (ERC-7518), each with rules of its own', async () => {
  const random = createRandom(7518)
  const reader = createContractReader(network)
  const token = await deployArtifact(rpc, deployer, 'PartitionedAsset', ['Quay Loans', 'QL'])
  const act = (functionName: string, args: readonly unknown[]) =>
    sendAs(rpc, deployer, {
      to: token,
      data: encodeFunctionData({ abi: partitionAbi as Abi, functionName, args }),
    })
  // A contract would be asked whether it takes the asset; people need not answer.
  const holders = [practice, friend, outsider]
  for (const person of holders) for (const id of [1n, 2n]) await act('mint', [person, id, 100n])
  const rules = new Set<string>()
  const closed = new Set<bigint>()
  for (let round = 0; round < 24; round += 1) {
    const id = random.next() < 0.5 ? 1n : 2n
    const draw = random.next()
    const person = random.pick(holders)
    if (draw < 0.25) {
      const isClosed = random.next() < 0.4
      await act('setRestricted', [id, isClosed])
      if (isClosed) closed.add(id)
      else closed.delete(id)
    } else if (draw < 0.5) await act('setHolder', [id, person, random.next() < 0.7])
    else if (draw < 0.75) await act('lockTokens', [person, id, BigInt(Math.floor(random.next() * 101)), 0n])
    else await act(random.next() < 0.3 ? 'freezeAddress' : 'unFreeze', [person, '0x'])
    const block = BigInt(await rpc<Hex>('eth_blockNumber'))
    for (let time = 0; time < 8; time += 1) {
      const from = random.pick(holders)
      const to = random.pick(holders.filter((each) => each !== from))
      const partition = random.next() < 0.5 ? 1n : 2n
      const units = BigInt(1 + Math.floor(random.next() * 99))
      const refusal = await checkTransfer(reader, chainId, { token, from, to, units, partition }, block)
      const data = encodeFunctionData({
        abi: partitionAbi,
        functionName: 'safeTransferFrom',
        args: [from, to, partition, units, '0x'],
      })
      const accepted = await rpc<Hex>('eth_call', { from, to: token, data }, 'latest').then(
        () => true,
        (thrown: unknown) => {
          if (thrown instanceof RpcError) return false
          throw thrown
        },
      )
      expect({ from, to, partition, accepted }).toEqual({
        from,
        to,
        partition,
        accepted: refusal === undefined,
      })
      rules.add(refusal?.rule ?? 'none')
      if (closed.has(partition)) expect(refusal?.rule).toBe('partitionClosed')
    }
  }
  // Each in words of its own: what is locked, who is not admitted or frozen, and what is closed to everybody.
  expect([...rules].sort()).toEqual([
    'amountFrozen',
    'none',
    'partitionClosed',
    'recipientMayNotReceive',
    'senderMayNotSend',
  ])
}, 60_000)
