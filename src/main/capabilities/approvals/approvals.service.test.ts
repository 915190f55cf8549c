import { describe, expect, it, vi } from 'vitest'
import type { Approval } from '../../../shared/contract/approvals.ts'
import type { MessageRequest } from '../../../shared/contract/messages.ts'
import type { RuleId } from '../../../shared/contract/rules.ts'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits, gasUnits, wei } from '../../../shared/money/units.ts'
import type { TrialKnowledge } from './approvals.ports.ts'
import { createApprovalsService } from './approvals.service.ts'
import type { Inspection } from './domain/Inspection.ts'

const account = 'account-1' as AccountId
const address: Address = '0x00000000000000000000000000000000000000aa'
const thief: Address = '0x00000000000000000000000000000000000000bb'
const digest = `0x${'1'.repeat(64)}` as Hash
const otherDigest = `0x${'2'.repeat(64)}` as Hash
const ether: Token = {
  ref: { chainId: 31337 as ChainId, address: 'native' },
  symbol: 'ETH',
  name: 'Ether',
  decimals: 18,
  assetClass: 'coin',
  source: 'native',
}

function requestFor(requestId: string): SigningRequest {
  return {
    requestId,
    digest,
    expiresAtMs: 1_300,
    chainId: 31337 as ChainId,
    chainName: 'Local chain',
    accountId: account,
    from: { address },
    intent: { kind: 'nativeTransfer', token: ether, to: { address }, units: baseUnits(1n) },
    dangers: [],
    nonce: 0,
    gasLimit: gasUnits(21_000n),
    maxFeePerGas: wei(1n),
    maxPriorityFeePerGas: wei(1n),
    maximumFee: wei(21_000n),
    nativeToken: ether,
    rawTransaction: new Uint8Array([2]),
  }
}

function messageFor(requestId: string): MessageRequest {
  return {
    requestId,
    digest,
    expiresAtMs: 1_300,
    accountId: account,
    from: { address },
    content: { kind: 'text', text: 'hello', hex: '0x68656c6c6f' },
    dangers: [],
  }
}

const unexpected = async (): Promise<never> => {
  throw new Error('Nobody asks for this here')
}

const honest: Inspection = {
  by: 'node',
  delegateCalls: [],
  blockNumber: 9n,
  isReverted: false,
  reason: '',
  moved: [{ token: 'native', from: address, to: address, units: 1n }],
  granted: [],
  contracts: [],
}

function setUp(
  approveOutcome: 'signs' | AppError = 'signs',
  inspect: () => Promise<Inspection | undefined> = async () => honest,
  more: { knowledge?: Partial<TrialKnowledge>; message?: MessageRequest } = {},
) {
  const log: string[] = []
  const changes: (Approval | null)[] = []
  let expire = () => {}
  let opened = () => {}
  const service = createApprovalsService({
    signer: {
      async request() {
        return requestFor('r1')
      },
      async approve({ requestId }) {
        log.push(`approve ${requestId}`)
        if (approveOutcome instanceof AppError) throw approveOutcome
        return { signedTransaction: new Uint8Array([2, 3]), transactionHash: digest, from: address }
      },
      async requestMessage() {
        return more.message ?? messageFor('m1')
      },
      requestTypedData: unexpected,
      requestDelegation: unexpected,
      requestRule: unexpected,
      requestDescriptor: unexpected,
      async signUnderRule({ ruleId }) {
        log.push(`sign under ${ruleId}`)
        return { signedTransaction: new Uint8Array([2, 3]), transactionHash: digest, from: address }
      },
      async approveMessage({ requestId }) {
        log.push(`approve ${requestId}`)
        return { digest, from: address, signature: new Uint8Array(65) }
      },
      async reject({ requestId }) {
        log.push(`reject ${requestId}`)
      },
    },
    inspector: { inspect },
    knowledge: {
      findToken: async () => undefined,
      nameContracts: () => new Map(),
      ownNameOf: async () => undefined,
      priceOf: () => undefined,
      findRate: () => undefined,
      holdsCode: async () => true,
      listRecipients: () => [],
      ...more.knowledge,
    },
    metContracts: { hasMet: () => false, remember: () => {} },
    signsUnknown: () => false,
    window: {
      show: () => {
        log.push('show')
        opened()
      },
      close: () => log.push('close'),
    },
    nowMs: () => 1_000,
    after: (delayMs, callback) => {
      expect(delayMs).toBe(300)
      expire = callback
      return () => {
        expire = () => {}
      }
    },
    onChanged: (approval) => changes.push(approval),
  })
  const request = () => {
    const shown = new Promise<void>((resolve) => {
      opened = resolve
    })
    const outcome = service.requestApproval({
      accountId: account,
      transaction: new Uint8Array([2]),
      claims: {},
    })
    return { shown, outcome }
  }
  return { service, request, log, changes, expire: () => expire() }
}

describe('what is tried before anybody is asked', () => {
  it('stops what does something else than the signer read, and never shows it', async () => {
    const lying = { ...honest, moved: [{ token: 'native', from: address, to: thief, units: 2n }] } as const
    const { request, log } = setUp('signs', async () => lying)
    await expect(request().outcome).rejects.toMatchObject({
      code: 'signing.beyondIntent',
      params: { reason: 'leavesMore' },
    })
    expect(log).toEqual(['reject r1'])
  })

  it('stops what would fail, with the contract’s reason', async () => {
    const { request, log } = setUp('signs', async () => ({ ...honest, isReverted: true, reason: 'paused' }))
    await expect(request().outcome).rejects.toMatchObject({
      code: 'signing.wouldFail',
      params: { reason: 'paused' },
    })
    expect(log).toEqual(['reject r1'])
  })

  it.each([
    ['no node can try it', async () => undefined],
    [
      'no node answers',
      async () => {
        throw new AppError('chain.unreachable', { chainId: 1 })
      },
    ],
  ])('where %s, approving takes a decision of its own', async (_name, inspect) => {
    const { service, request, log } = setUp('signs', inspect)
    const { shown, outcome } = request()
    await shown
    expect(service.handlers.getCurrent(undefined)).toMatchObject({
      claims: { trial: { status: 'unavailable' } },
    })
    await expect(service.handlers.approve({ requestId: 'r1', digest })).rejects.toMatchObject({
      code: 'signing.notApproved',
    })
    expect(log).toEqual(['show'])
    await service.handlers.approve({ requestId: 'r1', digest, isUntriedAccepted: true })
    expect(await outcome).toMatchObject({ status: 'signed' })
  })

  it('what is dismissed meanwhile does not come up afterwards', async () => {
    let finish = (_inspection: Inspection) => {}
    const { service, request, log } = setUp(
      'signs',
      () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    )
    const { outcome } = request()
    await Promise.resolve()
    service.dismiss()
    finish(honest)
    expect(await outcome).toEqual({ status: 'rejected' })
    expect(log).toEqual(['reject r1'])
  })
})

describe('what a standing rule signs', () => {
  const use = {
    accountId: account,
    ruleId: 'rule-1' as RuleId,
    transaction: new Uint8Array([2]),
  }

  it('is read and tried like everything else, and nobody is asked', async () => {
    const { service, log } = setUp()
    expect(await service.signUnderRule(use)).toMatchObject({ transactionHash: digest })
    expect(log).toEqual(['reject r1', 'sign under rule-1'])
  })

  it.each([
    [
      'does something else than was read',
      { ...honest, moved: [{ token: 'native', from: address, to: thief, units: 2n }] } as const,
      'signing.beyondIntent',
    ],
    ['would fail', { ...honest, isReverted: true }, 'signing.wouldFail'],
    ['no node can try', undefined, 'signing.notApproved'],
  ])('is not signed where it %s', async (_name, inspection, code) => {
    const { service, log } = setUp('signs', async () => inspection)
    await expect(service.signUnderRule(use)).rejects.toMatchObject({ code })
    expect(log).toEqual(['reject r1'])
  })
})

describe('dangers', () => {
  const knowledge = { holdsCode: async () => false }

  it('that the main process finds are accepted by name, or nothing is signed', async () => {
    const permit = {
      ...messageFor('m1'),
      chain: { chainId: 31337 as ChainId, name: 'Local chain' },
      content: {
        kind: 'typedData' as const,
        primaryType: 'Permit',
        domain: [],
        fields: [],
        reading: {
          describedBy: 'minato' as const,
          isAssumed: false,
          signature: 'Permit()',
          intent: 'Allow',
          fields: [],
          effects: { spends: [], grants: [{ to: thief, units: 1n }], grantsAll: [], ownership: [] },
        },
      },
    }
    const { service, log } = setUp('signs', undefined, { knowledge, message: permit })
    const outcome = service.requestMessage({ kind: 'text', accountId: account, message: new Uint8Array([1]) })
    await vi.waitFor(() => expect(log).toEqual(['show']))
    expect(service.handlers.getCurrent(undefined)).toMatchObject({
      claims: { dangers: [{ kind: 'personAsSpender', address: thief }] },
    })
    await expect(service.handlers.approve({ requestId: 'm1', digest })).rejects.toMatchObject({
      code: 'signing.notApproved',
    })
    await service.handlers.approve({ requestId: 'm1', digest, accepted: ['personAsSpender'] })
    expect(await outcome).toMatchObject({ status: 'signed' })
  })
})

describe('createApprovalsService', () => {
  it('asks for messages in the same way, with the asker as a claim', async () => {
    const { service, log } = setUp()
    const outcome = service.requestMessage(
      { kind: 'text', accountId: account, message: new Uint8Array([104]) },
      'a program',
    )
    await vi.waitFor(() => expect(log).toEqual(['show']))
    expect(service.handlers.getCurrent(undefined)).toEqual({
      message: messageFor('m1'),
      claims: { askedBy: 'a program', dangers: [] },
    })
    await expect(
      service.requestApproval({ accountId: account, transaction: new Uint8Array([2]), claims: {} }),
    ).rejects.toMatchObject({ code: 'signing.busy' })
    await service.handlers.approve({ requestId: 'm1', digest })
    expect(await outcome).toMatchObject({ status: 'signed', digest, from: address })
    expect(log).toEqual(['show', 'approve m1', 'close'])
  })

  it('returns what the signer signed after the user approved exactly the shown request', async () => {
    const { service, request, log, changes } = setUp()
    const { shown, outcome } = request()
    await shown
    expect(service.handlers.getCurrent(undefined)).toMatchObject({ request: { requestId: 'r1' } })
    await service.handlers.approve({ requestId: 'r1', digest })
    expect(await outcome).toMatchObject({ status: 'signed', transactionHash: digest })
    expect(log).toEqual(['show', 'approve r1', 'close'])
    expect(
      changes.map((change) => (change && 'request' in change ? change.request.requestId : null)),
    ).toEqual(['r1', null])
  })

  it('does not reach the signer for another request or other bytes', async () => {
    const { service, request, log } = setUp()
    const { shown, outcome } = request()
    await shown
    await expect(service.handlers.approve({ requestId: 'r2', digest })).rejects.toMatchObject({
      code: 'signing.unknownRequest',
    })
    await expect(service.handlers.approve({ requestId: 'r1', digest: otherDigest })).rejects.toMatchObject({
      code: 'signing.digestMismatch',
    })
    expect(log).toEqual(['show'])
    service.dismiss()
    expect(await outcome).toEqual({ status: 'rejected' })
  })

  it('signs nothing twice', async () => {
    const { service, request, log } = setUp()
    const { shown, outcome } = request()
    await shown
    const first = service.handlers.approve({ requestId: 'r1', digest })
    await expect(service.handlers.approve({ requestId: 'r1', digest })).rejects.toMatchObject({
      code: 'signing.busy',
    })
    await first
    await outcome
    await expect(service.handlers.approve({ requestId: 'r1', digest })).rejects.toMatchObject({
      code: 'signing.unknownRequest',
    })
    expect(log.filter((line) => line.startsWith('approve'))).toHaveLength(1)
  })

  it('shows one approval at a time', async () => {
    const { service, request } = setUp()
    const { shown, outcome } = request()
    await expect(
      service.requestApproval({ accountId: account, transaction: new Uint8Array([2]), claims: {} }),
    ).rejects.toMatchObject({ code: 'signing.busy' })
    await shown
    service.dismiss()
    await outcome
  })

  it('ends with the expiry of the request', async () => {
    const { request, expire, log } = setUp()
    const { shown, outcome } = request()
    await shown
    expire()
    await expect(outcome).rejects.toMatchObject({ code: 'signing.expired' })
    expect(log).toEqual(['show', 'reject r1', 'close'])
  })

  it('tells both sides when the signer refuses', async () => {
    const { service, request } = setUp(new AppError('vault.locked'))
    const { shown, outcome } = request()
    await shown
    const refused = expect(outcome).rejects.toMatchObject({ code: 'vault.locked' })
    await expect(service.handlers.approve({ requestId: 'r1', digest })).rejects.toMatchObject({
      code: 'vault.locked',
    })
    await refused
    expect(service.handlers.getCurrent(undefined)).toBeNull()
  })
})
