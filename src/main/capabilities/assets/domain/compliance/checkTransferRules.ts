import { type Abi, decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../../shared/identity/identity.ts'
import { toSafeText } from '../../../../../shared/text/toSafeText.ts'
import type { ContractRead, IntendedTransfer, ReadAnswer, TransferRefusal } from './TransferRule.ts'

/** Every read by which a token of the known standards and issuers tells whether it would let a transfer pass. */
const tokenAbi = parseAbi([
  'function balanceOf(address) view returns (uint256)',
  'function paused() view returns (bool)',
  // Tether
  'function deprecated() view returns (bool)',
  'function isBlackListed(address) view returns (bool)',
  // Circle
  'function isBlacklisted(address) view returns (bool)',
  // Paxos and ERC-3643
  'function isFrozen(address) view returns (bool)',
  'function accountPaused(address) view returns (bool)',
  'function isBlocked(address) view returns (bool)',
  'function frozen(address) view returns (bool)',
  // ERC-3643 and ERC-7943
  'function getFrozenTokens(address) view returns (uint256)',
  'function identityRegistry() view returns (address)',
  'function compliance() view returns (address)',
  // ERC-7943
  'function supportsInterface(bytes4) view returns (bool)',
  'function canSend(address) view returns (bool)',
  'function canReceive(address) view returns (bool)',
  'function canTransfer(address,address,uint256) view returns (bool)',
  // ERC-1404
  'function detectTransferRestriction(address,address,uint256) view returns (uint8)',
  'function messageForTransferRestriction(uint8) view returns (string)',
])
const registryAbi = parseAbi(['function isVerified(address) view returns (bool)'])
const complianceAbi = parseAbi(['function canTransfer(address,address,uint256) view returns (bool)'])
/** ERC-7518: each partition has rules of its own. */
const partitionAbi = parseAbi([
  'function canTransfer(address,address,uint256,uint256,bytes) view returns (bool)',
  'function balanceOf(address,uint256) view returns (uint256)',
  'function transferableBalance(address,uint256) view returns (uint256)',
])
/** ERC-7943 for fungible tokens. */
const fungibleAssetInterface = '0x3edbb4c4'

/** The first round of reads for a transfer. */
export function planTransferReads(transfer: IntendedTransfer): ContractRead[] {
  const { token, from, to, units, partition } = transfer
  const common = firstRound(transfer).map(({ functionName, args }) => ({
    to: token,
    data: encodeFunctionData({ abi: tokenAbi as Abi, functionName, args }),
  }))
  if (partition === undefined) return common
  const canTransfer = (sender: Address, recipient: Address, amount: bigint) =>
    encodeFunctionData({
      abi: partitionAbi,
      functionName: 'canTransfer',
      args: [sender, recipient, partition, amount, '0x'],
    })
  return [
    ...common,
    ...[
      canTransfer(from, to, units),
      // The contract only says yes or no. Whether it is the amount, and which side, is told by asking for nothing and for each alone.
      canTransfer(from, to, 0n),
      canTransfer(from, from, 0n),
      canTransfer(to, to, 0n),
    ].map((data) => ({ to: token, data })),
    ...planPartitionReads(token, from, partition),
  ]
}

/** ERC-7518: what is held of a partition, and what of that is not locked. */
export function planPartitionReads(token: Address, holder: Address, partition: bigint): ContractRead[] {
  return (['balanceOf', 'transferableBalance'] as const).map((functionName) => ({
    to: token,
    data: encodeFunctionData({ abi: partitionAbi, functionName, args: [holder, partition] }),
  }))
}

/** The second round, which depends on the first one's answers: registry and compliance of ERC-3643, the words of ERC-1404. */
export function planFollowUpReads(
  transfer: IntendedTransfer,
  answers: readonly ReadAnswer[],
): ContractRead[] {
  const seen = readFirstRound(transfer, answers)
  const { from, to, units, token } = transfer
  return [
    ...(seen.registry
      ? [from, to].map((holder) => ({
          to: seen.registry as Address,
          data: encodeFunctionData({ abi: registryAbi, functionName: 'isVerified', args: [holder] }),
        }))
      : []),
    ...(seen.compliance
      ? [
          {
            to: seen.compliance,
            data: encodeFunctionData({
              abi: complianceAbi,
              functionName: 'canTransfer',
              args: [from, to, units],
            }),
          },
        ]
      : []),
    ...(seen.restriction
      ? [
          {
            to: token,
            data: encodeFunctionData({
              abi: tokenAbi,
              functionName: 'messageForTransferRestriction',
              args: [seen.restriction],
            }),
          },
        ]
      : []),
  ]
}

/**
 * The rule for which the token's contract would refuse a transfer, by what its reads said; `undefined` when none stands against
 * it. A read that the contract does not have says nothing. The balance is not among the rules.
 */
export function judgeTransfer(
  transfer: IntendedTransfer,
  answers: readonly ReadAnswer[],
  followUps: readonly ReadAnswer[],
): TransferRefusal | undefined {
  const seen = readFirstRound(transfer, answers)
  if (seen.isPaused) return { rule: 'paused' }
  if (seen.isDeprecated) return { rule: 'deprecated' }
  if (seen.senderFrozen) return { rule: 'senderFrozen' }
  if (seen.recipientFrozen) return { rule: 'recipientFrozen' }
  const rest = [...followUps]
  const verified = seen.registry
    ? [rest.shift(), rest.shift()].map((data) => decodeBoolean(registryAbi, 'isVerified', data))
    : []
  const complies = seen.compliance ? decodeBoolean(complianceAbi, 'canTransfer', rest.shift()) : undefined
  // ERC-3643 asks for the recipient's identity alone: a holder who lapsed may still sell.
  if (verified[1] === false) return { rule: 'recipientNotVerified' }
  if (seen.units > 0n && seen.balance !== undefined && isFrozenPart(seen)) return { rule: 'amountFrozen' }
  if (seen.isFungibleAsset) {
    if (seen.canSend === false) return { rule: 'senderMayNotSend' }
    if (seen.canReceive === false) return { rule: 'recipientMayNotReceive' }
  }
  if (complies === false) return { rule: 'complianceRefused' }
  const closed = judgePartition(transfer, answers)
  if (closed) return closed
  if (seen.isFungibleAsset && seen.canTransfer === false && holdsEnough(seen)) {
    return { rule: 'complianceRefused' }
  }
  if (seen.restriction) {
    const words = decodeText(rest.shift())
    return { rule: 'restricted', words: words ?? String(seen.restriction) }
  }
  return undefined
}

/** Why a partition (ERC-7518) does not move: the amount, a side, both, or the two together. */
function judgePartition(
  transfer: IntendedTransfer,
  answers: readonly ReadAnswer[],
): TransferRefusal | undefined {
  if (transfer.partition === undefined) return undefined
  const [whole, nothing, sender, recipient, held, free] = answers.slice(firstRound(transfer).length)
  const isAllowed = (answer: ReadAnswer) => decodeBoolean(partitionAbi, 'canTransfer', answer)
  if (isAllowed(whole) !== false) return undefined
  if (isAllowed(nothing)) {
    const [balance, transferable] = [decodeUint(held), decodeUint(free)]
    // The balance is not among the rules.
    if (balance !== undefined && transfer.units > balance) return undefined
    const isLocked = transferable !== undefined && transfer.units > transferable
    return { rule: isLocked ? 'amountFrozen' : 'complianceRefused' }
  }
  const [mayMove, mayTake] = [isAllowed(sender), isAllowed(recipient)]
  if (mayMove === false && mayTake === false) return { rule: 'partitionClosed' }
  if (mayMove === false) return { rule: 'senderMayNotSend' }
  return { rule: mayTake === false ? 'recipientMayNotReceive' : 'complianceRefused' }
}

interface FirstRound {
  readonly units: bigint
  readonly balance: bigint | undefined
  readonly frozenUnits: bigint | undefined
  readonly isPaused: boolean
  readonly isDeprecated: boolean
  readonly senderFrozen: boolean
  readonly recipientFrozen: boolean
  readonly registry: Address | undefined
  readonly compliance: Address | undefined
  readonly isFungibleAsset: boolean
  readonly canSend: boolean | undefined
  readonly canReceive: boolean | undefined
  readonly canTransfer: boolean | undefined
  /** ERC-1404's code; zero, and so absent, when nothing stands against the transfer. */
  readonly restriction: number | undefined
}

const freezeReads = [
  'isBlackListed',
  'isBlacklisted',
  'isFrozen',
  'accountPaused',
  'isBlocked',
  'frozen',
] as const

function firstRound({ from, to, units }: IntendedTransfer) {
  return [
    { functionName: 'balanceOf', args: [from] },
    { functionName: 'getFrozenTokens', args: [from] },
    { functionName: 'paused', args: [] },
    { functionName: 'deprecated', args: [] },
    { functionName: 'identityRegistry', args: [] },
    { functionName: 'compliance', args: [] },
    { functionName: 'supportsInterface', args: [fungibleAssetInterface] },
    { functionName: 'canSend', args: [from] },
    { functionName: 'canReceive', args: [to] },
    { functionName: 'canTransfer', args: [from, to, units] },
    { functionName: 'detectTransferRestriction', args: [from, to, units] },
    ...freezeReads.map((functionName) => ({ functionName, args: [from] })),
    ...freezeReads.map((functionName) => ({ functionName, args: [to] })),
  ]
}

function readFirstRound(transfer: IntendedTransfer, answers: readonly ReadAnswer[]): FirstRound {
  const calls = firstRound(transfer)
  const find = (functionName: string, occurrence = 0) => {
    const places = calls.flatMap((call, index) => (call.functionName === functionName ? [index] : []))
    const place = places[occurrence]
    return place === undefined ? undefined : answers[place]
  }
  const flag = (functionName: string, occurrence = 0) =>
    decodeBoolean(tokenAbi, functionName, find(functionName, occurrence))
  const restriction = decodeUint(find('detectTransferRestriction'))
  return {
    units: transfer.units,
    balance: decodeUint(find('balanceOf')),
    frozenUnits: decodeUint(find('getFrozenTokens')),
    isPaused: flag('paused') === true,
    isDeprecated: flag('deprecated') === true,
    senderFrozen: freezeReads.some((name) => flag(name, 0) === true),
    recipientFrozen: freezeReads.some((name) => flag(name, 1) === true),
    registry: decodeAddress(find('identityRegistry')),
    compliance: decodeAddress(find('compliance')),
    isFungibleAsset: flag('supportsInterface') === true,
    canSend: flag('canSend'),
    canReceive: flag('canReceive'),
    canTransfer: flag('canTransfer'),
    restriction:
      restriction === undefined || restriction === 0n || restriction > 255n ? undefined : Number(restriction),
  }
}

/** Without the frozen part the balance is too small, with it it is not. */
function isFrozenPart({ units, balance, frozenUnits }: FirstRound): boolean {
  if (balance === undefined || frozenUnits === undefined || frozenUnits === 0n) return false
  const free = balance > frozenUnits ? balance - frozenUnits : 0n
  return units <= balance && units > free
}

const holdsEnough = ({ units, balance }: FirstRound) => balance === undefined || units <= balance

function decodeBoolean(abi: Abi, functionName: string, data: ReadAnswer): boolean | undefined {
  // Exactly one word that is 0 or 1: a fallback that answers anything else says nothing.
  if (data === undefined || data.length !== 66) return undefined
  try {
    return decodeFunctionResult({ abi, functionName, data }) as boolean
  } catch {
    return undefined
  }
}

function decodeUint(data: ReadAnswer): bigint | undefined {
  return data === undefined || data.length !== 66 ? undefined : BigInt(data)
}

function decodeAddress(data: ReadAnswer): Address | undefined {
  const value = decodeUint(data)
  if (value === undefined || value === 0n || value >> 160n !== 0n) return undefined
  return `0x${value.toString(16).padStart(40, '0')}`
}

function decodeText(data: ReadAnswer): string | undefined {
  if (data === undefined) return undefined
  try {
    const text = decodeFunctionResult({
      abi: tokenAbi,
      functionName: 'messageForTransferRestriction',
      data,
    })
    return toSafeText(text, 120) || undefined
  } catch {
    return undefined
  }
}

/** What a contract shows that its issuer can do: by the reads that it answers and the standards that it follows. */
export interface SeenPowers {
  readonly freeze: boolean
  readonly freezePart: boolean
  readonly forceTransfer: boolean
  readonly pause: boolean
}

/** Reads the powers from the answers to `planTransferReads`. A power that leaves no read behind is not seen. */
export function describePowers(transfer: IntendedTransfer, answers: readonly ReadAnswer[]): SeenPowers {
  const seen = readFirstRound(transfer, answers)
  const names = firstRound(transfer).map(({ functionName }) => functionName)
  const answersTo = (functionName: string) =>
    decodeBoolean(tokenAbi, functionName, answers[names.indexOf(functionName)]) !== undefined
  // ERC-3643 and ERC-7943 both demand a transfer that the issuer can force; ERC-7518 that, freezing, locking and closing.
  const isInParts =
    transfer.partition !== undefined &&
    decodeBoolean(partitionAbi, 'canTransfer', answers[names.length]) !== undefined
  const isRegulated = seen.registry !== undefined || seen.isFungibleAsset
  return {
    freeze: isInParts || freezeReads.some(answersTo),
    freezePart: isInParts || (isRegulated && seen.frozenUnits !== undefined),
    forceTransfer: isInParts || isRegulated,
    pause: isInParts || answersTo('paused'),
  }
}
