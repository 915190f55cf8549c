import { type Address, encodeFunctionData } from 'viem'
import { type Actor, createActor } from './Actor.ts'
import { createRandom } from './createRandom.ts'
import { feedAbi } from './protocolAbis.ts'

export interface FeedMoverReport {
  readonly updates: number
}

/** Standard deviation of one block's move, in basis points; what is not listed stands still. */
const volatilityBps: Record<string, number> = {
  ETH: 6,
  BTC: 5,
  UNI: 8,
  LINK: 8,
  AAVE: 8,
  EUR: 1,
  JPY: 1,
  SGD: 0.7,
  CHF: 1,
  GBP: 1,
  XAU: 2,
  EURC: 1,
  HKTR: 4,
}
// Chainlink's aggregators report a coin's price once it has moved by some such threshold.
const reportThresholdBps = 5
// Pulls the walk back to where it began, so that a chain left running for days keeps believable prices.
const reversion = 0.002
const updateGas = 120_000n

/** Moves the price feeds by a random walk, so that there is a market to follow. */
export function createFeedMover(): Actor<FeedMoverReport> {
  let updates = 0
  return createActor(
    'feeds',
    'deployer',
    async (market, { manifest, seed }) => {
      const random = createRandom(seed ^ 0xfeed)
      const moving = manifest.feeds.filter(({ base, quote }) => quote === 'USD' && base in volatilityBps)
      const answers = await market.client.multicall({
        allowFailure: false,
        contracts: moving.map(({ address }) => ({
          address,
          abi: feedAbi,
          functionName: 'latestAnswer' as const,
        })),
      })
      const walks = moving.map(({ base, address }, index) => {
        const answer = answers[index] ?? 0n
        return { base, address, start: answer, reported: answer, drift: 0 }
      })

      const report = async (address: Address, answer: bigint, nonce: number) => {
        const data = encodeFunctionData({ abi: feedAbi, functionName: 'setAnswer', args: [answer] })
        const fees = await market.readFees()
        const raw = await market.sign({ to: address, data, gas: updateGas, nonce, ...fees })
        await market.request('eth_sendRawTransaction', [raw])
        updates += 1
      }

      return {
        async onBlock() {
          let nonce = await market.readNonce()
          for (const walk of walks) {
            const step = ((volatilityBps[walk.base] ?? 0) / 10_000) * random.normal()
            walk.drift = walk.drift * (1 - reversion) + step
            // A price is no money: a float picks it, and from here on it is an exact integer.
            const answer = (walk.start * BigInt(Math.round(Math.exp(walk.drift) * 1e9))) / 1_000_000_000n
            const moved = answer > walk.reported ? answer - walk.reported : walk.reported - answer
            if (moved * 10_000n < walk.reported * BigInt(reportThresholdBps)) continue
            walk.reported = answer
            await report(walk.address, answer, nonce)
            nonce += 1
          }
        },
      }
    },
    () => ({ updates }),
  )
}
