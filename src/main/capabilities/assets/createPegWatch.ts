import type { StablecoinAlert } from '../../../shared/contract/stablecoins.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId, TokenRef } from '../../../shared/identity/identity.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import type { Head } from '../chains/index.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import { checkTransfer } from './checkTransfer.ts'
import { judgeAlert } from './domain/peg/judgeAlert.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import { measureStablecoin } from './measureStablecoin.ts'
import { openAssetMarket } from './openAssetMarket.ts'

export interface PegWatch {
  start(): void
  stop(): void
  /** Measures what is watched on a chain at once, writes it down and judges the alerts. */
  sampleNow(chainId: ChainId): void
}

/** Between two samples of a chain, by its blocks: on quick chains reading the pools for each would cost too much. */
const sampleEveryMs = 12_000

/** Follows the pegs of coins that are held or have an alert, block by block, while the vault is open. */
export function createPegWatch(
  deps: AssetsDeps,
  index: RegistryIndex,
  onChanged: (raised: readonly StablecoinAlert[]) => void,
): PegWatch {
  const sampledAtMs = new Map<ChainId, number>()
  const underWay = new Set<ChainId>()
  const askedAgain = new Set<ChainId>()
  let unsubscribe = () => {}
  let isRunning = false

  async function listWatched(chainId: ChainId) {
    const portfolio = await deps.portfolio.get()
    const held = new Set(
      portfolio.chains.flatMap(({ balances }) =>
        balances.filter(({ units }) => units > 0n).map(({ token }) => tokenKey(token.ref)),
      ),
    )
    const alerted = new Set(deps.alerts.readAll().map(({ coin }) => tokenKey(coin)))
    return index
      .listCoins(chainId)
      .filter(({ deployment }) => held.has(tokenKey(deployment)) || alerted.has(tokenKey(deployment)))
  }

  async function sample(chainId: ChainId): Promise<void> {
    const watched = await listWatched(chainId)
    if (watched.length === 0) return
    const market = await openAssetMarket(deps, index, chainId)
    const raised: StablecoinAlert[] = []
    let isChanged = false
    for (const { entry, deployment } of watched) {
      const token = await market.resolve(deployment.address)
      const { reading } = await measureStablecoin(market, entry, token)
      if (reading.deviationBps !== undefined) {
        deps.samples.write(token.ref, { atMs: reading.atMs, deviationBps: reading.deviationBps })
      }
      const alerts = deps.alerts.readAll().filter(({ coin }) => tokenKey(coin) === tokenKey(token.ref))
      const isFrozen = alerts.some(({ rule }) => rule.kind === 'freeze')
        ? await isAnyFrozen(token.ref, market.block.number)
        : undefined
      const seen = {
        ...(reading.deviationBps === undefined ? {} : { deviationBps: reading.deviationBps }),
        ...(reading.pools.length === 0 ? {} : { depthUsdE8: reading.depthUsdE8 }),
        ...(isFrozen === undefined ? {} : { isFrozen }),
      }
      for (const alert of alerts) {
        const judgement = judgeAlert(alert.rule, alert.raisedAtMs !== undefined, seen)
        if (judgement === 'keep') continue
        const { raisedAtMs: _at, raisedBps: _bps, ...quiet } = alert
        const next: StablecoinAlert =
          judgement === 'clear'
            ? quiet
            : {
                ...quiet,
                raisedAtMs: reading.atMs,
                ...(reading.deviationBps === undefined ? {} : { raisedBps: reading.deviationBps }),
              }
        deps.alerts.write(next)
        isChanged = true
        if (judgement === 'raise') raised.push(next)
      }
    }
    if (isChanged) onChanged(raised)
  }

  async function isAnyFrozen(coin: TokenRef, block: bigint): Promise<boolean> {
    if (coin.address === 'native') return false
    const accounts = await deps.accounts.listAccounts()
    for (const { address } of accounts) {
      const transfer = { token: coin.address, from: address, to: address, units: 0n }
      const refusal = await checkTransfer(deps.reader, coin.chainId, transfer, block)
      if (refusal?.rule === 'paused' || refusal?.rule === 'senderFrozen') return true
    }
    return false
  }

  /** A node that does not answer is shown elsewhere, and asked again with the next block. */
  function reportBug(thrown: unknown): void {
    if (!(thrown instanceof AppError)) deps.onBug(thrown)
  }

  function sampleInBackground({ chainId, timestampMs }: Head): void {
    if (!isRunning || underWay.has(chainId)) return
    const last = sampledAtMs.get(chainId)
    if (last !== undefined && Math.abs(timestampMs - last) < sampleEveryMs) return
    sampledAtMs.set(chainId, timestampMs)
    run(chainId)
  }

  /** One at a time on a chain: a slow sample of an older block must not be judged after a newer one. */
  function run(chainId: ChainId): void {
    if (underWay.has(chainId)) {
      askedAgain.add(chainId)
      return
    }
    underWay.add(chainId)
    sample(chainId)
      .catch(reportBug)
      .finally(() => {
        underWay.delete(chainId)
        if (askedAgain.delete(chainId)) run(chainId)
      })
  }

  return {
    start() {
      unsubscribe()
      isRunning = true
      unsubscribe = deps.chains.subscribeHeads(sampleInBackground)
    },
    stop() {
      isRunning = false
      unsubscribe()
      unsubscribe = () => {}
      sampledAtMs.clear()
      askedAgain.clear()
    },
    sampleNow: run,
  }
}
