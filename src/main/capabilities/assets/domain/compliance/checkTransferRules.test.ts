import { type Abi, decodeFunctionData, encodeFunctionResult, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import type { Address } from '../../../../../shared/identity/identity.ts'
import { judgeTransfer, planFollowUpReads, planTransferReads } from './checkTransferRules.ts'
import type { ContractRead, IntendedTransfer, ReadAnswer } from './TransferRule.ts'

const token: Address = '0x1111111111111111111111111111111111111111'
const from: Address = '0x2222222222222222222222222222222222222222'
const to: Address = '0x3333333333333333333333333333333333333333'
const transfer: IntendedTransfer = { token, from, to, units: 100n }

const abi: Abi = parseAbi([
  'function balanceOf(address) view returns (uint256)',
  'function paused() view returns (bool)',
  'function getFrozenTokens(address) view returns (uint256)',
  'function supportsInterface(bytes4) view returns (bool)',
  'function canSend(address) view returns (bool)',
  'function canReceive(address) view returns (bool)',
  'function canTransfer(address,address,uint256) view returns (bool)',
  'function detectTransferRestriction(address,address,uint256) view returns (uint8)',
  'function messageForTransferRestriction(uint8) view returns (string)',
])

/** A token that answers these reads, and reverts at every other. */
const tokenWith =
  (answers: Readonly<Record<string, unknown>>) =>
  ({ data }: ContractRead): ReadAnswer => {
    try {
      const { functionName } = decodeFunctionData({ abi, data })
      const result = answers[functionName]
      return result === undefined ? undefined : encodeFunctionResult({ abi, functionName, result })
    } catch {
      return undefined
    }
  }

function judge(answer: (read: ContractRead) => ReadAnswer) {
  const answers = planTransferReads(transfer).map(answer)
  return judgeTransfer(transfer, answers, planFollowUpReads(transfer, answers).map(answer))
}

describe('ERC-7943', () => {
  const asset = {
    supportsInterface: true,
    balanceOf: 100n,
    getFrozenTokens: 0n,
    canSend: true,
    canReceive: true,
    canTransfer: true,
  }
  it.each([
    ['lets pass what every rule allows', {}, undefined],
    ['names the sender', { canSend: false, canTransfer: false }, { rule: 'senderMayNotSend' }],
    ['names the recipient', { canReceive: false, canTransfer: false }, { rule: 'recipientMayNotReceive' }],
    ['names a frozen part', { getFrozenTokens: 1n, canTransfer: false }, { rule: 'amountFrozen' }],
    [
      'names the asset where only the whole is refused',
      { canTransfer: false },
      { rule: 'complianceRefused' },
    ],
    [
      'leaves a balance that is too small to those who check it',
      { balanceOf: 99n, canTransfer: false },
      undefined,
    ],
  ])('%s', (_what, change, refusal) => {
    expect(judge(tokenWith({ ...asset, ...change }))).toEqual(refusal)
  })
})

describe('ERC-1404', () => {
  it('tells the contract’s own words, cleaned', () => {
    const answers = {
      detectTransferRestriction: 3,
      messageForTransferRestriction: 'Lock-up until\u202e 2027',
    }
    const refusal = judge(tokenWith(answers))
    expect(refusal?.rule).toBe('restricted')
    expect(refusal?.words).toContain('Lock-up until')
    expect(refusal?.words).not.toContain('\u202e')
  })

  it('tells the code where there are no words, and nothing for code zero', () => {
    expect(judge(tokenWith({ detectTransferRestriction: 7 }))).toEqual({ rule: 'restricted', words: '7' })
    expect(judge(tokenWith({ detectTransferRestriction: 0 }))).toBeUndefined()
  })
})

describe('a token without rules', () => {
  it('is refused nothing, whatever its fallback answers', () => {
    expect(judge(() => undefined)).toBeUndefined()
    expect(judge(() => '0x')).toBeUndefined()
    expect(judge(() => `0x${'0'.repeat(63)}1${'0'.repeat(64)}`)).toBeUndefined()
  })
})
