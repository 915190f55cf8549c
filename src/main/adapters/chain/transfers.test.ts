import {
  type Address,
  createPublicClient,
  createTestClient,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  getAddress,
  http,
  multicall3Abi,
  parseAbi,
  parseEther,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ACCOUNT_ADDRESSES, accountOf, type LocalChain, startChain } from '../../../../devnet/index.ts'
import type { TransferRequest } from '../../../shared/contract/transfers.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, TokenRef } from '../../../shared/identity/identity.ts'
import type { ApprovalPort } from '../../capabilities/transfers/transfers.ports.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { openWallet, signEverything, type TestSigner, type TestWallet } from './testing/openWallet.ts'

let chain: LocalChain
let wallet: TestWallet
const practice = accountOf('practice')
const opened: TestWallet[] = []

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
})
afterAll(() => chain?.stop())

const node = () => createTestClient({ chain: foundry, mode: 'anvil', transport: http(chain.rpcUrl) })
const reader = () => createPublicClient({ chain: foundry, transport: http(chain.rpcUrl) })
let snapshot: `0x${string}`

function open(options: { signers?: TestSigner[]; approvals?: ApprovalPort } = {}): TestWallet {
  const fresh = openWallet({
    definitions: [parseChainManifest(chain.manifest).definition],
    signers: options.signers ?? [practice],
    ...(options.approvals ? { approvals: options.approvals } : {}),
  })
  opened.push(fresh)
  return fresh
}

beforeEach(async () => {
  snapshot = await node().snapshot()
  wallet = open()
  await wallet.start()
})
afterEach(async () => {
  for (const each of opened.splice(0)) {
    each.close()
    expect(each.bugs).toEqual([])
  }
  await node().revert({ id: snapshot })
})

const native = { chainId: 31337, address: 'native' } as TokenRef
function tokenRef(symbol: string): TokenRef {
  const token = chain.manifest.tokenList.tokens.find((entry) => entry.symbol === symbol)
  if (!token) throw new Error(`No ${symbol} on the local chain`)
  return { chainId: 31337, address: token.address } as TokenRef
}
function contractRef(name: string): TokenRef {
  const address = chain.manifest.contracts[name]
  if (!address) throw new Error(`No ${name} on the local chain`)
  return { chainId: 31337, address } as TokenRef
}
const stranger = getAddress('0x00000000000000000000000000000000c0ffee00')

/** The same address with the case of its last letter turned, which breaks its checksum. */
function withOtherCase(address: string): string {
  return address.replace(/[a-f](?=[^a-f]*$)/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

function request(changes: Partial<TransferRequest>): TransferRequest {
  return {
    accountId: practice.address as string as AccountId,
    token: native,
    amount: '1',
    recipient: stranger,
    speed: 'normal',
    ...changes,
  }
}

async function codeOf(action: () => unknown): Promise<unknown> {
  try {
    await action()
  } catch (thrown) {
    if (thrown instanceof AppError) return { code: thrown.code, ...thrown.params }
    throw thrown
  }
  return 'no failure'
}

async function sendAndConfirm(changes: Partial<TransferRequest>) {
  const preview = await wallet.transfers.preview(request(changes))
  const outcome = await wallet.transfers.send({ previewId: preview.previewId })
  if (outcome.status !== 'sent') throw new Error('rejected')
  const activity = await wallet.activityWith(outcome.activityId, ({ status }) => status === 'confirmed')
  return { preview, activity }
}

test('sends coin: what the preview says is what happens', async () => {
  const before = await reader().getBalance({ address: practice.address })
  const { preview, activity } = await sendAndConfirm({ amount: '1.5' })
  expect(preview.units).toBe(parseEther('1.5'))
  expect(preview.fee.gasLimit).toBe(21_000n)
  expect(preview.fee.maximum).toBe(21_000n * preview.fee.maxFeePerGas)
  expect(preview.simulation.changes).toEqual([
    {
      address: practice.address,
      token: expect.objectContaining({ symbol: 'ETH' }),
      delta: -parseEther('1.5'),
    },
    { address: stranger, token: expect.objectContaining({ symbol: 'ETH' }), delta: parseEther('1.5') },
  ])
  expect(preview.simulation.balanceChangesUnknown).toBeUndefined()
  expect(preview.warnings).toEqual(['recipientIsNew'])
  expect(activity.receipt?.fee).toBeLessThanOrEqual(preview.fee.maximum)
  expect(await reader().getBalance({ address: stranger })).toBe(parseEther('1.5'))
  const after = await reader().getBalance({ address: practice.address })
  expect(before - after).toBe(parseEther('1.5') + (activity.receipt?.fee ?? 0n))
  expect(after).toBeGreaterThanOrEqual(preview.nativeBalanceAfter)

  const again = await wallet.transfers.preview(request({ amount: '1' }))
  expect(again.warnings).toEqual([])
})

test.each(['USDT', 'USDC', 'DAI', 'EURC', 'WETH'])('sends %s', async (symbol) => {
  const { preview, activity } = await sendAndConfirm({ token: tokenRef(symbol), amount: '0.5' })
  expect(preview.simulation.changes.map(({ delta }) => delta)).toEqual([-preview.units, preview.units])
  expect(preview.token.symbol).toBe(symbol)
  expect(activity.units).toBe(preview.units)
  const balances = await wallet.events.find(
    (event) =>
      event.kind === 'portfolio' &&
      event.portfolio.chains.some(({ balances: all }) =>
        all.some(({ token, units }) => token.symbol === symbol && units === preview.balanceAfter),
      ),
  )
  expect(balances).toBeDefined()
})

test('sends all coin there is: nothing is left behind', async () => {
  const key = privateKeyToAccount(generatePrivateKey())
  await node().setBalance({ address: key.address, value: parseEther('1') })
  await node().mine({ blocks: 1 })
  wallet = open({ signers: [key] })
  await wallet.start()
  const { preview } = await sendAndConfirm({ accountId: key.address as string as AccountId, amount: 'max' })
  expect(preview.units + preview.fee.maximum).toBe(parseEther('1'))
  expect(preview.balanceAfter).toBe(0n)
  expect(await reader().getBalance({ address: key.address })).toBe(0n)
})

test('refuses what cannot be right before the node is asked', async () => {
  const preview = (changes: Partial<TransferRequest>) =>
    codeOf(() => wallet.transfers.preview(request(changes)))
  expect(await preview({ recipient: '0x1234' })).toMatchObject({ code: 'address.invalid' })
  expect(await preview({ recipient: withOtherCase(stranger) })).toMatchObject({
    code: 'address.wrongChecksum',
  })
  expect(await preview({ recipient: `0x${'0'.repeat(40)}` })).toMatchObject({ code: 'address.invalid' })
  expect(await preview({ recipient: practice.address })).toMatchObject({ code: 'transfer.toSelf' })
  const usdt = tokenRef('USDT')
  expect(await preview({ token: usdt, recipient: usdt.address })).toMatchObject({
    code: 'transfer.toTokenContract',
  })
  expect(await preview({ recipient: usdt.address })).toMatchObject({
    code: 'transfer.toTokenContract',
    symbol: 'USDT',
  })
  expect(await preview({ amount: '0' })).toMatchObject({ code: 'amount.zero' })
  expect(await preview({ amount: '1e3' })).toMatchObject({ code: 'amount.invalid' })
  expect(await preview({ token: usdt, amount: '0.1234567' })).toMatchObject({
    code: 'amount.tooManyDecimals',
  })
  expect(await preview({ amount: '26' })).toMatchObject({
    code: 'amount.overBalance',
    needed: parseEther('26'),
    available: parseEther('25'),
  })
  expect(await preview({ token: usdt, amount: '6001' })).toMatchObject({
    code: 'amount.overBalance',
    symbol: 'USDT',
  })
  expect(await preview({ amount: '25' })).toMatchObject({ code: 'fee.notAffordable', available: 0n })
  expect(await preview({ token: { ...native, address: stranger } })).toMatchObject({ code: 'token.unknown' })
  expect(await preview({ accountId: 'nobody' as AccountId })).toMatchObject({ code: 'account.missing' })
})

test('a token transfer whose fee is not there is refused with the figures', async () => {
  await node().setBalance({ address: practice.address, value: 1000n })
  await node().mine({ blocks: 1 })
  expect(await codeOf(() => wallet.transfers.preview(request({ token: tokenRef('USDC') })))).toMatchObject({
    code: 'fee.notAffordable',
    available: 1000n,
    symbol: 'ETH',
  })
})

test('hostile tokens are caught by simulation', async () => {
  const mint = async (name: string) => {
    const { address } = contractRef(name)
    await node().request({
      method: 'anvil_dealERC20' as never,
      params: [practice.address, address, `0x${parseEther('100').toString(16)}`] as never,
    })
    // What no block holds cannot be proven.
    await node().mine({ blocks: 1 })
    return contractRef(name)
  }
  const preview = async (token: TokenRef) => codeOf(() => wallet.transfers.preview(request({ token })))
  expect(await preview(await mint('hostileFeeOnTransfer'))).toMatchObject({
    code: 'transfer.simulationFailed',
    reason: 'recipientGetsOther',
  })
  expect(await preview(await mint('hostileFalseReturning'))).toMatchObject({ code: 'transfer.wouldRevert' })
  expect(await preview(await mint('hostileHoneypot'))).toMatchObject({
    code: 'transfer.wouldRevert',
    reason: 'HONEY: transfer refused',
  })
  expect(await preview(await mint('hostileReverting'))).toMatchObject({ code: 'transfer.wouldRevert' })
  expect(await preview(contractRef('hostileOversizedMetadata'))).toMatchObject({ code: 'token.unknown' })
  const mkr = await wallet.tokens.resolve(contractRef('hostileBytes32Metadata'))
  expect(mkr).toMatchObject({ symbol: 'MKR', name: 'Maker', decimals: 18, source: 'contract' })
  const rude = await wallet.tokens.resolve(contractRef('hostileRudeSymbol'))
  expect(rude.symbol).not.toMatch(/[\u202e\n]/)
  expect([...rude.symbol].length).toBeLessThanOrEqual(32)
})

test('a token that rules who may hold it says so before anything is signed', async () => {
  const tower = tokenRef('TOWER7')
  expect(await codeOf(() => wallet.transfers.preview(request({ token: tower })))).toMatchObject({
    code: 'transfer.wouldRevert',
    reason: 'Transfer not possible',
  })
  await sendAndConfirm({ token: tower, recipient: 'hana.eth', amount: '1' })
})

test('reads names both ways', async () => {
  const resolve = (text: string) => wallet.transfers.resolveRecipient({ chainId: native.chainId, text })
  const hana = { address: ACCOUNT_ADDRESSES.friend, ensName: 'hana.eth', isContract: false, isKnown: false }
  expect(await resolve('Hana.ETH')).toEqual(hana)
  expect(await resolve(ACCOUNT_ADDRESSES.friend.toLowerCase())).toEqual(hana)
  expect(await resolve('practice.eth')).toMatchObject({ ownAccountName: 'Account 1' })
  expect(await resolve(tokenRef('USDC').address)).toMatchObject({ isContract: true })
  expect(await codeOf(() => resolve('nobody.eth'))).toMatchObject({ code: 'name.notFound' })
  // The first letter a is Cyrillic: a lookalike that no registry would let pass.
  expect(await codeOf(() => resolve('h\u0430na.eth'))).toMatchObject({ code: 'address.invalid' })
  expect(await codeOf(() => resolve('hana'))).toMatchObject({ code: 'address.invalid' })
})

test('follows its own unfinished transactions with the next nonce', async () => {
  await node().setAutomine(false)
  try {
    const first = await wallet.transfers.preview(request({}))
    const stale = await wallet.transfers.preview(request({ amount: '2' }))
    expect(stale.nonce).toBe(first.nonce)
    await wallet.transfers.send({ previewId: first.previewId })
    // Its nonce is taken by now: sending it would replace the first.
    expect(await codeOf(() => wallet.transfers.send({ previewId: stale.previewId }))).toMatchObject({
      code: 'transfer.previewExpired',
    })
    const second = await wallet.transfers.preview(request({ amount: '2' }))
    expect(second.nonce).toBe(first.nonce + 1)
    const outcome = await wallet.transfers.send({ previewId: second.previewId })
    await node().mine({ blocks: 1 })
    if (outcome.status !== 'sent') throw new Error('rejected')
    await wallet.activityWith(outcome.activityId, ({ status }) => status === 'confirmed')
    expect(await reader().getBalance({ address: stranger })).toBe(parseEther('3'))
  } finally {
    await node().setAutomine(true)
  }
})

test('a preview is sent once, and only while it is fresh and the vault is open', async () => {
  const preview = await wallet.transfers.preview(request({}))
  const results = await Promise.allSettled([
    wallet.transfers.send({ previewId: preview.previewId }),
    wallet.transfers.send({ previewId: preview.previewId }),
  ])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const forgotten = await wallet.transfers.preview(request({}))
  wallet.stop()
  wallet.lock.isLocked = true
  expect(await codeOf(() => wallet.transfers.send({ previewId: forgotten.previewId }))).toMatchObject({
    code: 'transfer.previewExpired',
  })
  expect(await codeOf(() => wallet.transfers.preview(request({})))).toMatchObject({ code: 'vault.locked' })
})

test('a rejected approval sends nothing and writes nothing down', async () => {
  wallet = open({ approvals: { requestApproval: async () => ({ status: 'rejected' }) } })
  const preview = await wallet.transfers.preview(request({}))
  expect(await wallet.transfers.send({ previewId: preview.previewId })).toEqual({ status: 'rejected' })
  expect(await wallet.activity.handlers.list({ limit: 10 })).toEqual({ items: [] })
})

test('signed bytes of another transaction never leave', async () => {
  const honest = signEverything([practice])
  const other = open()
  const decoy = await other.transfers.preview(request({ amount: '2' }))
  let kept: Uint8Array | undefined
  const spy = open({
    approvals: {
      async requestApproval(asked) {
        kept = asked.transaction
        return { status: 'rejected' }
      },
    },
  })
  const kept2 = await spy.transfers.preview(request({ amount: '7' }))
  await spy.transfers.send({ previewId: kept2.previewId })
  const swapped = kept
  if (!swapped) throw new Error('nothing was asked')
  wallet = open({
    approvals: { requestApproval: (asked) => honest.requestApproval({ ...asked, transaction: swapped }) },
  })
  const preview = await wallet.transfers.preview(request({ amount: '1' }))
  expect(decoy.units).not.toBe(preview.units)
  expect(await codeOf(() => wallet.transfers.send({ previewId: preview.previewId }))).toEqual({
    code: 'signing.digestMismatch',
  })
  expect(await reader().getBalance({ address: stranger as Address })).toBe(0n)
  expect(await wallet.activity.handlers.list({ limit: 10 })).toEqual({ items: [] })
})

test('a recipient that resembles a known one is told apart, by whom it resembles', async () => {
  const known = getAddress('0x8ba1f109551bD432803012645Ac136ddd64DBA72')
  const forged = `${known.slice(0, 8)}${'0'.repeat(28)}${known.slice(-6)}`.toLowerCase()
  await wallet.addressBook.handlers.save({ address: known, name: 'Aunt' })
  const read = (text: string) =>
    wallet.transfers.resolveRecipient({ chainId: native.chainId, text }) as Promise<{ resembles?: unknown }>
  expect((await read(stranger)).resembles).toBeUndefined()
  expect((await read(forged)).resembles).toEqual({ address: known, name: 'Aunt' })
  const { warnings } = await wallet.transfers.preview(request({ recipient: forged }))
  expect(warnings).toContain('recipientResemblesKnown')
  expect((await wallet.transfers.preview(request({ recipient: known }))).recipient.contactName).toBe('Aunt')
})

test('the contract of any token is refused as a recipient, listed or not', async () => {
  const impostor = contractRef('hostileHomoglyphUsdc').address
  expect(await codeOf(() => wallet.transfers.preview(request({ recipient: impostor })))).toMatchObject({
    code: 'transfer.toTokenContract',
  })
})

test('what a rollup takes for publishing is part of the fee', async () => {
  const oracle = getAddress('0x420000000000000000000000000000000000000F')
  // PUSH2 1000, and return it: a contract that asks a thousand wei for anything.
  await node().setCode({ address: oracle, bytecode: '0x6103e860005260206000f3' })
  // What is set by hand is proven by no block but the next.
  await node().mine({ blocks: 1 })
  const rollup = openWallet({
    definitions: [{ ...parseChainManifest(chain.manifest).definition, dataFeeOracle: oracle }],
    signers: [practice],
  })
  opened.push(rollup)
  await rollup.start()
  const without = await wallet.transfers.preview(request({}))
  const preview = await rollup.transfers.preview(request({}))
  expect(preview.fee.data).toBe(1_000n)
  expect(preview.fee.expected - without.fee.expected).toBe(1_000n)
  expect(preview.fee.maximum - without.fee.maximum).toBe(1_250n)
  const all = await rollup.transfers.preview(request({ amount: 'max' }))
  expect(all.balanceAfter).toBe(0n)
})

test('each speed is told in money and in time, the faster ones never cheaper', async () => {
  const { feeOptions } = await wallet.transfers.preview(request({}))
  expect(feeOptions.map(({ speed }) => speed)).toEqual(['slow', 'normal', 'fast'])
  for (const { expected, maximum, waitSeconds } of feeOptions) {
    expect(maximum >= expected && expected > 0n && waitSeconds > 0).toBe(true)
  }
})

const permit2 = getAddress('0x000000000022D473030F116dDEE9F6B43aC78BA3')
const permit2Abi = parseAbi([
  'function approve(address token, address spender, uint160 amount, uint48 expiration)',
  'struct Transfer { address from; address to; uint160 amount; address token; }',
  'function transferFrom(Transfer[] transferDetails)',
])

describe('to several at once', () => {
  const mined = async (sent: Promise<`0x${string}`>) => {
    const { status } = await reader().waitForTransactionReceipt({ hash: await sent })
    expect(status).toBe('success')
  }
  const recipients = Array.from({ length: 3 }, () => privateKeyToAccount(generatePrivateKey()).address)
  const many = (payments: { recipient: string; amount: string }[]) =>
    wallet.transfers.previewMany({
      accountId: practice.address as string as AccountId,
      chainId: native.chainId,
      payments,
      speed: 'normal',
    })

  test('everybody gets his coin in one transaction, and it is one entry', async () => {
    const preview = await many(
      recipients.map((recipient, index) => ({ recipient, amount: `0.${index + 1}` })),
    )
    expect(preview.units).toBe(parseEther('0.6'))
    const outcome = await wallet.transfers.sendMany({ previewId: preview.previewId })
    if (outcome.status !== 'sent') throw new Error('rejected')
    const activity = await wallet.activityWith(outcome.activityId, ({ status }) => status === 'confirmed')
    expect(activity).toMatchObject({ kind: 'send', units: parseEther('0.6') })
    expect(activity.payments).toHaveLength(3)
    for (const [index, address] of recipients.entries()) {
      expect(await reader().getBalance({ address })).toBe(parseEther(`0.${index + 1}`))
    }
    expect(activity.receipt?.fee).toBeLessThanOrEqual(preview.fee.maximum)
    expect(await codeOf(() => wallet.transfers.sendMany({ previewId: preview.previewId }))).toMatchObject({
      code: 'transfer.previewExpired',
    })
  })

  test('nobody is paid twice by mistake, no contract, not oneself, and not more than is there', async () => {
    const [first] = recipients
    const pay = (...of: [string | undefined, string][]) =>
      codeOf(() => many(of.map(([recipient = '', amount]) => ({ recipient, amount }))))
    expect(await pay([first, '1'], [first?.toLowerCase(), '1'])).toMatchObject({ code: 'multiSend.repeated' })
    expect(await pay([first, '1'], [tokenRef('USDC').address, '1'])).toMatchObject({
      code: 'multiSend.toContract',
    })
    expect(await pay([first, '1'], [practice.address, '1'])).toMatchObject({ code: 'transfer.toSelf' })
    expect(await pay([first, '0'])).toMatchObject({ code: 'amount.zero' })
    expect(await pay([first, '999999999'])).toMatchObject({ code: 'amount.overBalance' })
  })

  // Why tokens are not sent to several: what the chain offers for it.
  test('what Multicall3 may take of a token, anybody may take', async () => {
    const usdc = tokenRef('USDC').address as Address
    const multicall3 = parseChainManifest(chain.manifest).definition.multicall3 as Address
    const owner = createWalletClient({ account: practice, chain: foundry, transport: http(chain.rpcUrl) })
    const thief = createWalletClient({
      account: accountOf('friend'),
      chain: foundry,
      transport: http(chain.rpcUrl),
    })
    await owner.writeContract({
      address: usdc,
      abi: erc20Abi,
      functionName: 'approve',
      args: [multicall3, 5n],
    })
    const [loot] = recipients as [Address, Address, Address]
    await mined(
      thief.writeContract({
        address: multicall3,
        abi: multicall3Abi,
        functionName: 'aggregate3',
        args: [
          [
            {
              target: usdc,
              allowFailure: false,
              callData: encodeFunctionData({
                abi: erc20Abi,
                functionName: 'transferFrom',
                args: [practice.address, loot, 5n],
              }),
            },
          ],
        ],
      }),
    )
    expect(
      await reader().readContract({ address: usdc, abi: erc20Abi, functionName: 'balanceOf', args: [loot] }),
    ).toBe(5n)
  })

  test('Permit2 sends a token to several, after two rights that have to be given first', async () => {
    const usdc = tokenRef('USDC').address as Address
    const owner = createWalletClient({ account: practice, chain: foundry, transport: http(chain.rpcUrl) })
    const details = recipients.map((to) => ({ from: practice.address, to, amount: 2n, token: usdc }))
    const send = () =>
      owner.writeContract({
        address: permit2,
        abi: permit2Abi,
        functionName: 'transferFrom',
        args: [details],
      })
    await expect(send()).rejects.toThrow()
    await mined(
      owner.writeContract({ address: usdc, abi: erc20Abi, functionName: 'approve', args: [permit2, 6n] }),
    )
    await expect(send()).rejects.toThrow()
    await mined(
      owner.writeContract({
        address: permit2,
        abi: permit2Abi,
        functionName: 'approve',
        args: [usdc, practice.address, 6n, 2 ** 40],
      }),
    )
    await mined(send())
    for (const to of recipients) {
      expect(
        await reader().readContract({ address: usdc, abi: erc20Abi, functionName: 'balanceOf', args: [to] }),
      ).toBe(2n)
    }
  })
})
