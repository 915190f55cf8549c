import {
  encodeFunctionData,
  erc20Abi,
  hashTypedData,
  recoverMessageAddress,
  recoverTypedDataAddress,
} from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountOf, type LocalChain, startChain } from '../../devnet/index.ts'
import { chainIdSchema } from '../shared/identity/identity.ts'
import { type FaultyNode, honest, startFaultyNode } from './adapters/chain/testing/startFaultyNode.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'

/** The example of EIP-712, for the local chain. */
const mail = {
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'chainId', type: 'uint256' },
    ],
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallet', type: 'address' },
    ],
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'contents', type: 'string' },
    ],
  },
  domain: { name: 'Ether Mail', chainId: 31_337n },
  primaryType: 'Mail',
  message: {
    from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
    contents: 'Hello, Bob!',
  },
} as const

const writeJson = (data: object) =>
  JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? Number(value) : value))

const localChainId = chainIdSchema.parse(31_337)

let chain: LocalChain
let node: FaultyNode
let app: OpenApp

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
  node = await startFaultyNode(chain.rpcUrl)
  app = await openApp({ ...chain.manifest, rpcUrls: [node.url] })
})
afterAll(async () => {
  await app?.close()
  await node?.stop()
  await chain?.stop()
})
beforeEach(async () => {
  app.decide('approve')
  node.behave(honest)
  await app.main.settings.update({ signsUnknown: false })
})

const request = async (message: Parameters<OpenApp['main']['messages']['request']>[0]['message']) => {
  const result = await app.main.messages.request({ accountId: app.account.id, message })
  return result.ok ? result.value : result.error
}
const signatureOf = (outcome: Awaited<ReturnType<typeof request>>) =>
  'signature' in outcome ? (outcome.signature as `0x${string}`) : '0x'

it('a text is shown as it is, and its signature recovers to the account', async () => {
  const text = '港に入る\nI own this account. 🚢'
  const outcome = await request({ kind: 'text', text })
  expect(app.shown.at(-1)).toMatchObject({ message: { content: { kind: 'text', text } } })
  expect(await recoverMessageAddress({ message: text, signature: signatureOf(outcome) })).toBe(
    app.account.address,
  )
})

it('typed data that nobody explains is refused, and in the expert’s way shown whole and signed', async () => {
  expect(await request({ kind: 'typedData', chainId: localChainId, json: writeJson(mail) })).toMatchObject({
    code: 'signing.undecodable',
    params: { reason: 'unknownData' },
  })
  await app.main.settings.update({ signsUnknown: true })
  const outcome = await request({ kind: 'typedData', chainId: localChainId, json: writeJson(mail) })
  expect(app.shown.at(-1)).toMatchObject({
    message: {
      digest: hashTypedData(mail),
      content: { kind: 'typedData', primaryType: 'Mail' },
      dangers: [{ kind: 'unknownData' }],
    },
  })
  expect(await recoverTypedDataAddress({ ...mail, signature: signatureOf(outcome) })).toBe(
    app.account.address,
  )
})

it('nothing is signed that was rejected, is for another chain, or is no typed data', async () => {
  app.decide('reject')
  expect(await request({ kind: 'text', text: 'no' })).toEqual({ status: 'rejected' })
  app.decide('approve')
  const shown = app.shown.length
  const elsewhere = { ...mail, domain: { ...mail.domain, chainId: 1n } }
  for (const json of [writeJson(elsewhere), '{"types":', 'hello', '{}']) {
    expect(await request({ kind: 'typedData', chainId: localChainId, json }), json).toHaveProperty('code')
  }
  expect(app.shown).toHaveLength(shown)
})

describe('a contract call', () => {
  const friend = accountOf('friend').address
  const thief = '0x00000000000000000000000000000000000bAD01'
  const deposit = '0xd0e30db0'
  const tokenOf = (wanted: string) =>
    chain.manifest.tokenList.tokens.find(({ symbol }) => symbol === wanted)?.address ?? friend
  const call = async (changes: { to?: `0x${string}`; value?: string; data?: string } = {}) => {
    const result = await app.main.calls.send({
      accountId: app.account.id,
      chainId: localChainId,
      to: tokenOf('WETH'),
      value: '1',
      data: deposit,
      speed: 'normal',
      ...changes,
    })
    return result.ok ? result.value : result.error
  }
  const allow = (units: bigint) =>
    encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [thief, units] })

  it('is read by the signer, tried, and told as what it does', async () => {
    expect(await call({ to: tokenOf('DAI'), value: '', data: allow(5n) })).toMatchObject({ status: 'sent' })
    const shown = app.shown.at(-1)
    if (!shown || !('request' in shown)) throw new Error('No transaction was shown')
    expect(shown.request.intent).toMatchObject({
      kind: 'call',
      reading: { describedBy: 'minato', effects: { grants: [{ to: thief, units: 5n }] } },
    })
    expect(shown.claims.trial).toMatchObject({ status: 'matches', by: 'node' })
  })

  it('that nobody explains is refused, and in the expert’s way shown whole and accepted by name', async () => {
    const unknown = { to: friend, value: '', data: '0x12345678' }
    const shown = app.shown.length
    expect(await call(unknown)).toMatchObject({ code: 'signing.undecodable' })
    expect(app.shown).toHaveLength(shown)
    await app.main.settings.update({ signsUnknown: true })
    expect(await call(unknown)).toMatchObject({ status: 'sent' })
    expect(app.shown.at(-1)).toMatchObject({
      request: { intent: { kind: 'call', data: '0x12345678' }, dangers: [{ kind: 'unknownData' }] },
    })
  })

  it('that gives a person everything names both dangers, whatever the main window says it is', async () => {
    await call({ to: tokenOf('DAI'), value: '', data: allow(2n ** 256n - 1n) })
    const shown = app.shown.at(-1)
    if (!shown || !('request' in shown)) throw new Error('No transaction was shown')
    const dangers = [...shown.request.dangers, ...shown.claims.dangers].map(({ kind }) => kind)
    expect(dangers).toEqual(expect.arrayContaining(['unlimitedAllowance', 'personAsSpender']))
  })

  describe('on a node that lies about it', () => {
    const topic = (address: string) => `0x${address.slice(2).toLowerCase().padStart(64, '0')}`
    const event = {
      transfer: '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
      approval: '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925',
      approvalForAll: '0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31',
      ownership: '0x8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e0',
    }
    const one = `0x${'1'.padStart(64, '0')}`
    type Block = { calls: { logs: unknown[]; status: string }[] }
    const lie = (change: (block: Block) => void) =>
      node.behave(async ({ method }, passOn) => {
        const answer = (await passOn()) as { result: Block[] }
        if (method === 'eth_simulateV1' && answer.result[0]) change(answer.result[0])
        return answer
      })

    it.each([
      ['a token leaves', event.transfer, 'otherTokenLeaves'],
      ['somebody may take a token', event.approval, 'otherAllowance'],
      ['somebody may take a collection', event.approvalForAll, 'givesAll'],
      ['a contract changes hands', event.ownership, 'givesOwnership'],
    ])('what it says happens besides stops it before it is signed: %s', async (_name, happened, reason) => {
      lie((block) =>
        block.calls[0]?.logs.push({
          address: tokenOf('USDC'),
          topics: [happened, topic(app.account.address), topic(thief)],
          data: one,
        }),
      )
      const shown = app.shown.length
      expect(await call()).toMatchObject({ code: 'signing.beyondIntent', params: { reason } })
      expect(app.shown).toHaveLength(shown)
    })

    it('what it hides is shown all the same, as the signer reads it', async () => {
      lie((block) => {
        for (const each of block.calls) each.logs = []
      })
      app.decide('reject')
      expect(await call({ to: tokenOf('DAI'), value: '', data: allow(5n) })).toEqual({ status: 'rejected' })
      const shown = app.shown.at(-1)
      if (!shown || !('request' in shown)) throw new Error('No transaction was shown')
      expect(shown.request.intent).toMatchObject({
        reading: { effects: { grants: [{ to: thief, units: 5n }] } },
      })
      // The person who may take it is pointed out by who looks at the chain, the rest by the signer.
      expect(shown.claims.dangers).toMatchObject([{ kind: 'personAsSpender' }])
    })

    it('a token that it says is sent and goes nowhere is not sent', async () => {
      lie((block) => {
        for (const each of block.calls) each.logs = []
      })
      const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [friend, 5n] })
      expect(await call({ to: tokenOf('DAI'), value: '', data })).toMatchObject({
        code: 'signing.beyondIntent',
        params: { reason: 'movesNothing' },
      })
    })

    it('that it fails is believed, which costs nothing', async () => {
      lie((block) => {
        for (const each of block.calls) each.status = '0x0'
      })
      expect(await call()).toMatchObject({ code: 'signing.wouldFail' })
    })
  })
})
