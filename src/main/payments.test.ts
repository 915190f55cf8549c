import { encodeFunctionData, parseAbi } from 'viem'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Devnet, startDevnet } from '../../devnet/builder/startDevnet.ts'
import { ACCOUNT_ADDRESSES, createRpc, sendAs } from '../../devnet/index.ts'
import type { PaymentRequest } from '../shared/contract/payments.ts'
import { unwrapResult } from '../shared/errors/Result.ts'
import type { Address, ChainId } from '../shared/identity/identity.ts'
import { writeDecimal } from '../shared/money/writeDecimal.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'

const chainId = 31337 as ChainId
const { friend, deployer } = ACCOUNT_ADDRESSES
let devnet: Devnet
let app: OpenApp

beforeEach(async () => {
  devnet = await startDevnet({ blockTimeMs: 200, idleBlockTimeMs: 1_000 })
  app = await openApp(devnet.manifest)
})
afterEach(async () => {
  await app?.close()
  await devnet?.stop()
})

const tokenOf = (symbol: string): Address => {
  const entry = devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}
const held = async (symbol: string): Promise<bigint> => {
  const { chains } = unwrapResult(await app.main.portfolio.get())
  const own = chains.flatMap(({ balances }) => balances)
  return own.find(({ token }) => token.symbol === symbol)?.units ?? 0n
}
const portfolioIsRead = () =>
  new Promise<void>((resolve, reject) => {
    const look = () => held('USDC').then((units) => units > 0n && resolve(), reject)
    app.main.portfolio.changed(look)
    look()
  })
const plan = (changes: Partial<PaymentRequest>) =>
  app.main.payments.plan({
    accountId: app.account.id,
    chainId,
    currency: 'EUR',
    amount: '100',
    recipient: friend,
    channel: 'private',
    ...changes,
  })

it('pays in a coin that is held, and converts exactly what is missing of one that is not', async () => {
  await portfolioIsRead()
  const euros = unwrapResult(await plan({ amount: '10.50' }))
  expect(euros).toMatchObject({ currency: 'EUR', coin: { symbol: 'EURC' }, units: 10_500_000n })
  expect(euros.rate.coinE8).toBe(100_000_000n)
  expect(euros.rate.reference?.description).toBe('EUR / USD')

  // Whatever is held of francs, so much more is not.
  const amount = writeDecimal((await held('ZCHF')) / 10n ** 18n + 250n, 0)
  const francs = unwrapResult(await plan({ currency: 'CHF', amount }))
  expect(francs.coin.symbol).toBe('ZCHF')
  const { conversion } = francs
  if (!conversion) throw new Error('nothing to convert')
  expect(conversion.quote.buyUnits).toBeGreaterThanOrEqual(francs.units - francs.held)
  // Money pays, not what was kept as an investment.
  expect(conversion.quote.sell.assetClass).toBe('stablecoin')
  expect(conversion.aboveReferenceBps).toBeGreaterThanOrEqual(0)
  expect(conversion.aboveReferenceBps).toBeLessThan(200)
  const converted = unwrapResult(
    await app.main.swaps.execute({ quoteId: conversion.quote.quoteId, channel: 'private' }),
  )
  if (converted.status !== 'sent') throw new Error('not converted')
  await app.activityWhere(({ id, status }) => id === converted.activityId && status === 'confirmed')
  const transfer = unwrapResult(
    await app.main.transfers.preview({
      accountId: app.account.id,
      token: francs.coin.ref,
      amount: writeDecimal(francs.units, francs.coin.decimals),
      recipient: friend,
      speed: 'normal',
    }),
  )
  const sent = unwrapResult(await app.main.transfers.send({ previewId: transfer.previewId }))
  if (sent.status !== 'sent') throw new Error('not sent')
  const arrived = await app.activityWhere(
    ({ id, status }) => id === sent.activityId && status === 'confirmed',
  )
  expect(arrived.units).toBe(francs.units)
})

it('passes over a coin that is frozen for the recipient, and counts one of another currency by the rate', async () => {
  await portfolioIsRead()
  const rpc = createRpc(devnet.chain.rpcUrl)
  await sendAs(rpc, deployer, {
    to: tokenOf('EURC'),
    data: encodeFunctionData({
      abi: parseAbi(['function blacklist(address)']),
      functionName: 'blacklist',
      args: [friend],
    }),
  })
  const other = unwrapResult(await plan({ amount: '5' }))
  expect(other.coin.symbol).toBe('EURS')
  expect(other.passedOver).toEqual([{ symbol: 'EURC', rule: 'recipientFrozen' }])
  expect(await plan({ coin: tokenOf('EURC') })).toMatchObject({
    ok: false,
    error: { code: 'asset.transferRefused', params: { rule: 'recipientFrozen' } },
  })
  // 100 euros at 1.15 are 115 dollars, whatever coin brings them.
  const dollars = unwrapResult(await plan({ coin: tokenOf('USDC') }))
  expect(dollars.units).toBe(115_000_000n)
  expect(await plan({ currency: 'NOK' })).toMatchObject({ ok: false, error: { code: 'payment.noRate' } })
  expect(await plan({ amount: '1e3' })).toMatchObject({ ok: false, error: { code: 'amount.invalid' } })
  expect(await plan({ amount: '999999999999' })).toMatchObject({
    ok: false,
    error: { code: 'payment.tooLittle' },
  })
})
