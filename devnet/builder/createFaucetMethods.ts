import {
  type Address,
  encodeFunctionData,
  erc20Abi,
  getAddress,
  type Hash,
  type Hex,
  numberToHex,
  parseEther,
  parseGwei,
  parseUnits,
} from 'viem'
import { z } from 'zod'
import { ACCOUNT_ADDRESSES, accountOf } from '../accounts.ts'
import type { LocalChainManifest } from '../manifest.ts'
import type { BlockBuilder } from './BlockBuilder.ts'
import { addressSchema, parseParams } from './parseParams.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'
import type { RpcMethods } from './RpcMethods.ts'

const etherAmount = parseEther('10')
// A household's purse: enough of everything to try every market, not enough to move one.
const tokenAmounts: Record<string, string> = {
  WETH: '2',
  WBTC: '0.1',
  UNI: '100',
  LINK: '50',
  AAVE: '2',
  USDC: '10000',
  USDT: '5000',
  DAI: '2000',
  USDS: '1000',
  PYUSD: '1000',
  EURC: '3000',
  EURS: '500',
  JPYC: '500000',
  XSGD: '1000',
  ZCHF: '1000',
  tGBP: '1000',
  PAXG: '0.25',
  TBILL: '1000',
  HKTR: '5',
}
const transferGas = 150_000n
const pauseMs = 60_000

/** `minato_fund [address]`: sends an address a practice purse from the faucet account, once a minute at most. */
export function createFaucetMethods(
  builder: BlockBuilder,
  manifest: LocalChainManifest,
  readClockMs: () => number = Date.now,
): RpcMethods {
  const faucet = accountOf('faucet')
  const lastFundedAtMs = new Map<Address, number>()
  let turns: Promise<unknown> = Promise.resolve()

  const sendPurse = async (recipient: Address) => {
    const block = await builder.readNode<{ baseFeePerGas: Hex }>('eth_getBlockByNumber', ['pending', false])
    const tip = parseGwei('1')
    const fees = {
      maxPriorityFeePerGas: tip,
      maxFeePerGas: BigInt(block.baseFeePerGas) * 2n + tip,
    }
    const chainNonce = await builder.readNode<Hex>('eth_getTransactionCount', [faucet.address, 'latest'])
    let nonce = builder.publicPool.nextNonce(ACCOUNT_ADDRESSES.faucet, Number(chainNonce))
    const send = async (call: { to: Address; value?: bigint; data?: Hex }): Promise<Hash> => {
      const raw = await faucet.signTransaction({
        type: 'eip1559',
        chainId: builder.chainId,
        nonce,
        gas: transferGas,
        ...fees,
        ...call,
      })
      const hash = await builder.sendPublic(raw)
      nonce += 1
      return hash
    }
    const gifts = [
      {
        symbol: manifest.nativeCurrency.symbol,
        amount: numberToHex(etherAmount),
        transaction: await send({ to: recipient, value: etherAmount }),
      },
    ]
    for (const { symbol, decimals, address } of manifest.tokenList.tokens) {
      const wanted = tokenAmounts[symbol]
      if (wanted === undefined) continue
      const amount = parseUnits(wanted, decimals)
      const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [recipient, amount] })
      const transaction = await send({ to: address, data })
      gifts.push({ symbol, amount: numberToHex(amount), transaction })
    }
    return { address: recipient, gifts }
  }

  return {
    minato_fund: async (params) => {
      const recipient = getAddress(parseParams(z.tuple([addressSchema]), params)[0])
      const nowMs = readClockMs()
      const lastMs = lastFundedAtMs.get(recipient)
      if (lastMs !== undefined && nowMs - lastMs < pauseMs) {
        const waitS = Math.ceil((lastMs + pauseMs - nowMs) / 1000)
        throw new RpcError(
          rpcErrorCode.limitExceeded,
          `the faucet has just funded this address: try again in ${waitS} s`,
        )
      }
      lastFundedAtMs.set(recipient, nowMs)
      // One purse after the other: they share the faucet's nonces.
      const purse = turns.then(() => sendPurse(recipient))
      turns = purse.catch(() => {})
      try {
        return await purse
      } catch (error) {
        lastFundedAtMs.delete(recipient)
        throw error
      }
    },
  }
}
