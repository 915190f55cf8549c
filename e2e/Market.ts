import { type Address, encodeFunctionData, erc20Abi, formatUnits, parseAbi, parseUnits } from 'viem'
import type { Devnet } from '../devnet/builder/startDevnet.ts'
import { createRpc, feedAddress, type Rpc, sendAs, setFeed } from '../devnet/index.ts'
import { expect } from './expect.ts'
import { password } from './fixtures.ts'
import type { RunningMinato } from './hosts/launchMinato.ts'
import { ApprovalPage } from './pages/ApprovalPage.ts'
import { OnboardingPage } from './pages/OnboardingPage.ts'

/** Of an order's contract what is looked at here. */
export interface Order {
  readonly id: string
  readonly status: string
  readonly sending: string
  readonly size: bigint
  readonly filledSold: bigint
  readonly filledBought: bigint
  readonly worstPrice: Ratio
  readonly fills: readonly { readonly sold: bigint }[]
  readonly legs: readonly {
    readonly waiting?: { readonly reason: string; readonly distanceBps?: number; readonly trigger?: Ratio }
  }[]
}
interface Ratio {
  readonly quote: bigint
  readonly base: bigint
}
type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }
interface ChainStatus {
  readonly chainId: number
  readonly blockNumber?: bigint
}
interface Chains {
  listStatus(): Promise<{ readonly value: readonly ChainStatus[] }>
  statusChanged(listener: (status: ChainStatus) => void): () => void
}
type Bridge = Record<string, Record<string, (input: unknown) => Promise<Answer>>>

export const chainId = 31337
const v2Abi = parseAbi([
  'function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)',
])
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const uniFeed = 1_200_000_000n
export const eth = (amount: string) => parseUnits(amount, 18)

/** One chain with a market and one app, for the steps of a journey. */
export class Market {
  readonly devnet: Devnet
  readonly rpc: Rpc
  readonly node: Rpc
  minato!: RunningMinato
  accountId = ''
  owner: Address = '0x'

  constructor(devnet: Devnet) {
    this.devnet = devnet
    this.rpc = createRpc(devnet.rpcUrl)
    this.node = createRpc(devnet.chain.rpcUrl)
  }

  /** Opens the practice wallet and gives it something to trade with. */
  async open(minato: RunningMinato): Promise<void> {
    this.minato = minato
    await new OnboardingPage(minato.window).openPractice(password)
    await this.mine()
    const [account] = (
      await this.ask<{ accounts: { id: string; address: Address }[] }[]>('vault.listWallets')
    ).flatMap(({ accounts }) => accounts)
    if (!account) throw new Error('no account')
    this.accountId = account.id
    this.owner = account.address
    await this.call(
      this.faucet,
      this.tokenOf('UNI'),
      encodeFunctionData({
        abi: erc20Abi,
        functionName: 'transfer',
        args: [account.address, eth('30000')],
      }),
    )
    await this.mine()
  }

  get faucet(): Address {
    return this.devnet.manifest.accounts.find(({ role }) => role === 'faucet')?.address as Address
  }

  tokenOf(symbol: string): Address {
    const entry = this.devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
    if (!entry) throw new Error(`no ${symbol}`)
    return entry.address
  }

  /** Asks the app through the bridge of its main window, as the screens do. */
  async ask<T>(route: string, input?: unknown): Promise<T> {
    const answer = await this.minato.window.evaluate(
      ([path = '', value]) => {
        const [group = '', name = ''] = path.split('.')
        const { minato } = globalThis as unknown as { minato: Bridge }
        const call = minato[group]?.[name]
        if (!call) throw new Error(`no ${path}`)
        return call(value)
      },
      [route, input] as [string, unknown],
    )
    if (!answer.ok) throw new Error(`${route}: ${JSON.stringify(answer.error)}`)
    return answer.value as T
  }

  /** A block, which the market and the app have both seen when this ends. */
  async mine(): Promise<void> {
    await this.rpc('minato_mine')
    const { actors } = this.devnet
    for (const name of actors.running()) await actors[name].settled()
    await this.waitForApp()
  }

  /** Listens in the window instead of asking again and again, which takes more of the machine's time than the blocks. */
  async waitForApp(): Promise<void> {
    const block = BigInt((await this.rpc('eth_blockNumber')) as string)
    await this.minato.window.evaluate(
      ([id, height]) => {
        const { chains } = (globalThis as unknown as { minato: { chains: Chains } }).minato
        return new Promise<void>((resolve, reject) => {
          const look = (status: ChainStatus | undefined) => {
            if (status?.chainId !== id || (status.blockNumber ?? 0n) < height) return
            end()
            resolve()
          }
          const end = chains.statusChanged(look)
          chains
            .listStatus()
            .then((answer) => look(answer.value.find(({ chainId }) => chainId === id)))
            .catch(reject)
        })
      },
      [chainId, block] as const,
    )
  }

  async held(symbol: string, owner: Address = this.owner): Promise<bigint> {
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [owner] })
    return BigInt((await this.rpc('eth_call', { to: this.tokenOf(symbol), data }, 'latest')) as string)
  }

  /** Transfers of a token out of the user's account from a block on, as the chain's own record has them. */
  async countPayments(symbol: string, fromBlock: string): Promise<number> {
    const topics = [transferTopic, `0x${this.owner.slice(2).toLowerCase().padStart(64, '0')}`]
    const logs = await this.rpc('eth_getLogs', { address: this.tokenOf(symbol), fromBlock, topics })
    return (logs as unknown[]).length
  }

  call(from: Address, to: Address, data: `0x${string}`) {
    return sendAs(this.node, from, { to, data, mine: true })
  }

  /** Somebody trades through the pair of UNI and WETH and moves its price, in one block. */
  async trade(sell: string, buy: string, amount: bigint): Promise<void> {
    const path = [this.tokenOf(sell), this.tokenOf(buy)]
    await this.call(
      this.faucet,
      this.devnet.manifest.contracts.uniswapV2Router02 as Address,
      encodeFunctionData({
        abi: v2Abi,
        functionName: 'swapExactTokensForTokens',
        args: [amount, 0n, path, this.faucet, 2n ** 40n],
      }),
    )
  }

  /** The world's price of UNI, to which the arbitrageur brings the pools. */
  async setWorldPrice(percent: bigint): Promise<void> {
    const feed = feedAddress(this.devnet.manifest, 'UNI')
    await setFeed(this.node, feed, { answer: (uniFeed * percent) / 100n, mine: true })
  }

  async priceAt(percent: bigint): Promise<string> {
    const pair = { chainId, base: this.tokenOf('UNI'), quote: this.tokenOf('WETH') }
    const book = await this.ask<{ marketPrice: { quote: bigint; base: bigint } }>('orders.getBook', {
      ...pair,
      levels: 5,
    })
    const { quote, base } = book.marketPrice
    return formatUnits((quote * percent * 10n ** 18n) / (base * 100n), 18)
  }

  /** Places an order and approves its rule in the approval window. */
  async place(changes: { readonly terms: object; readonly [key: string]: unknown }): Promise<Order> {
    const request = {
      accountId: this.accountId,
      chainId,
      base: this.tokenOf('UNI'),
      quote: this.tokenOf('WETH'),
      side: 'sell',
      amount: '100',
      timeInForce: { kind: 'goodTillCancelled' },
      postOnly: false,
      toleranceBps: 3_000,
      allowPublic: false,
      ...changes,
    }
    const opening = this.minato.nextWindow()
    const placing = this.ask<{ status: string; order: Order }>('orders.place', request)
    const approval = new ApprovalPage(await opening)
    await approval.expectRuleShown()
    await approval.approve()
    const outcome = await placing
    expect(outcome.status).toBe('placed')
    return outcome.order
  }

  async order(id: string): Promise<Order> {
    const isIt = (order: Order) => order.id === id
    const found =
      (await this.ask<Order[]>('orders.listOpen')).find(isIt) ??
      (await this.ask<{ items: Order[] }>('orders.listHistory', { limit: 50 })).items.find(isIt)
    if (!found) throw new Error(`no order ${id}`)
    return found
  }

  /** Waits, and makes blocks meanwhile unless told not to. */
  async until(
    id: string,
    fits: (order: Order) => boolean,
    { isMining = true }: { readonly isMining?: boolean } = {},
  ): Promise<Order> {
    let last = await this.order(id)
    await expect
      .poll(
        async () => {
          if (fits(last)) return true
          if (isMining) await this.mine()
          last = await this.order(id)
          return fits(last)
        },
        { timeout: 150_000, intervals: [50], message: `order ${id}` },
      )
      .toBe(true)
      .catch((thrown: unknown) => {
        const text = JSON.stringify(last, (_key, value) => (typeof value === 'bigint' ? `${value}` : value))
        throw new Error(text, { cause: thrown })
      })
    return last
  }
}

export const isFilled = ({ status }: Order) => status === 'filled'
export const waitsFor = (reason: string) => (order: Order) =>
  order.legs.some(({ waiting }) => waiting?.reason === reason)
/** Enough blocks were seen for the trigger to be believed. */
export const isWarm = (order: Order) =>
  order.legs.some(({ waiting }) => waiting?.reason === 'trigger' && waiting.distanceBps !== undefined)
export const isAtLimit = (order: Order) =>
  order.filledBought * order.worstPrice.base >= order.filledSold * order.worstPrice.quote
