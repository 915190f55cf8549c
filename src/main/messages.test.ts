import { hashTypedData, recoverMessageAddress, recoverTypedDataAddress } from 'viem'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type LocalChain, startChain } from '../../devnet/index.ts'
import { chainIdSchema } from '../shared/identity/identity.ts'
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
let app: OpenApp

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
  app = await openApp(chain.manifest)
})
afterAll(async () => {
  await app?.close()
  await chain?.stop()
})
beforeEach(() => app.decide('approve'))

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
