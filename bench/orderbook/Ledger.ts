import type {
  EngineCommand,
  OrderRequest,
} from '../../src/main/capabilities/orderbook/domain/engine/commands.ts'
import type { EngineEvent } from '../../src/main/capabilities/orderbook/domain/engine/events.ts'
import type { OrderEngine } from '../../src/main/capabilities/orderbook/domain/engine/OrderEngine.ts'

interface Account {
  readonly order: OrderRequest
  filledBase: bigint
  filledQuote: bigint
  /** Taken off without a trade, in the unit of the size. */
  removed: bigint
  hasEnded: boolean
  isFilledOutsideUnasked: boolean
}

/**
 * Keeps books of what an engine says that it did, and objects to whatever must never happen: an execution worse than a
 * limit, more than a size, amounts that do not add up, anything after an end, two filled legs of one group.
 */
export class Ledger {
  readonly #accounts = new Map<string, Account>()
  readonly #legs: (readonly string[])[] = []

  record(command: EngineCommand, events: readonly EngineEvent[]): void {
    const isRejected = events.some((event) => event.kind === 'rejected')
    if (!isRejected) for (const order of ordersOf(command)) this.#open(order)
    if (command.kind === 'placeOneCancelsOther' && !isRejected) {
      this.#legs.push(command.legs.map((leg) => leg.id))
    }
    if (command.kind === 'placeBracket' && !isRejected) {
      this.#legs.push([command.takeProfit.id, command.stopLoss.id])
    }
    for (const event of events) this.#apply(event, command)
    this.#checkAllOrNothing(command, events)
    if (command.kind === 'reportFill' && !isRejected) {
      const account = this.#accounts.get(command.id)
      if (account !== undefined) account.isFilledOutsideUnasked = true
    }
  }

  /** Compares the books with the engine's own state, and looks at the groups. */
  check(engine: OrderEngine): void {
    for (const [id, account] of this.#accounts) {
      const view = engine.order(id)
      assert(account.hasEnded === (view === undefined), `${id}: ended or not?`)
      if (view === undefined) continue
      const filled = account.order.sizedIn === 'base' ? account.filledBase : account.filledQuote
      assert(
        view.filledBase === account.filledBase && view.filledQuote === account.filledQuote,
        `${id}: fills`,
      )
      if (view.status === 'waiting' || isGrowing(account.order, engine, id)) continue
      assert(view.open + view.reserved + filled + account.removed === account.order.size, `${id}: size`)
    }
    for (const legs of this.#legs) {
      const members = legs.flatMap((id) => this.#accounts.get(id) ?? [])
      // What a stranger fills on chain is a fact that no local rule can undo.
      if (members.some((member) => member.isFilledOutsideUnasked)) continue
      const filled = members.filter((member) => member.filledBase > 0n || member.filledQuote > 0n)
      assert(filled.length <= 1, `${legs.join(', ')}: ${filled.length} legs were filled`)
    }
  }

  #open(order: OrderRequest): void {
    if (this.#accounts.has(order.id)) return
    this.#accounts.set(order.id, {
      order,
      filledBase: 0n,
      filledQuote: 0n,
      removed: 0n,
      hasEnded: true,
      isFilledOutsideUnasked: false,
    })
  }

  #apply(event: EngineEvent, command: EngineCommand): void {
    switch (event.kind) {
      case 'accepted': {
        const account = this.#accounts.get(event.id)
        if (account !== undefined) account.hasEnded = false
        break
      }
      case 'activated':
        // A slice has no command of its own.
        if (event.id.includes('#')) break
        this.#live(event.id)
        break
      case 'filled': {
        assert(event.base > 0n && event.quote > 0n, `${event.taker}: an empty execution`)
        for (const id of [event.taker, event.maker]) {
          if (id.includes('#')) continue
          const account = this.#live(id)
          this.#fill(account, event.base, event.quote)
          assertWithinLimit(account.order, event.base, event.quote)
        }
        break
      }
      case 'filledOutside':
        if (!event.id.includes('#')) this.#fill(this.#live(event.id), event.base, event.quote)
        break
      case 'selfTradeDecremented':
        for (const id of [event.taking, event.resting]) {
          if (id.includes('#')) continue
          const account = this.#live(id)
          account.removed += account.order.sizedIn === 'base' ? event.base : event.quote
        }
        break
      case 'reduced':
        if (command.kind === 'reduce' && !event.id.includes('#')) this.#live(event.id).removed += command.by
        break
      case 'ended': {
        const account = this.#accounts.get(event.id)
        if (account === undefined) break
        assert(!account.hasEnded, `${event.id}: ended twice`)
        account.hasEnded = true
        const filled = account.order.sizedIn === 'base' ? account.filledBase : account.filledQuote
        assert(
          event.remaining >= 0n && filled + account.removed + event.remaining <= account.order.size,
          event.id,
        )
        if (event.reason === 'filled') assert(event.remaining === 0n, `${event.id}: filled with a rest`)
        if (event.reason === 'wouldCross' && account.order.timeInForce.kind === 'goodTillCancelled') {
          assert(account.order.postOnly, `${event.id}: crossing is not its business`)
        }
        break
      }
      default:
        break
    }
  }

  #fill(account: Account, base: bigint, quote: bigint): void {
    account.filledBase += base
    account.filledQuote += quote
    const filled = account.order.sizedIn === 'base' ? account.filledBase : account.filledQuote
    assert(filled + account.removed <= account.order.size, `${account.order.id}: filled beyond its size`)
  }

  /** What must be filled at once is filled completely or not at all, and nothing of either kind stays. */
  #checkAllOrNothing(command: EngineCommand, events: readonly EngineEvent[]): void {
    if (command.kind !== 'place') return
    const { order } = command
    const { kind } = order.timeInForce
    if (kind !== 'fillOrKill' && kind !== 'immediateOrCancel') return
    if (order.terms.type !== 'limit' && order.terms.type !== 'market') return
    if (events.some((event) => event.kind === 'rejected')) return
    const account = this.#accounts.get(order.id)
    assert(account?.hasEnded === true, `${order.id}: ${kind} stayed`)
    if (kind !== 'fillOrKill' || account === undefined) return
    const filled = order.sizedIn === 'base' ? account.filledBase : account.filledQuote
    assert(filled === 0n || filled === order.size, `${order.id}: neither filled nor killed`)
  }

  #live(id: string): Account {
    const account = this.#accounts.get(id)
    if (account === undefined || account.hasEnded)
      throw new Error(`${id}: something happened to what is not there`)
    return account
  }
}

function ordersOf(command: EngineCommand): readonly OrderRequest[] {
  if (command.kind === 'place') return [command.order]
  if (command.kind === 'placeOneCancelsOther') return command.legs
  if (command.kind === 'placeBracket') return [command.entry, command.takeProfit, command.stopLoss]
  return []
}

/** The ways out of a bracket are sized by its entry, not by their request. */
function isGrowing(order: OrderRequest, engine: OrderEngine, id: string): boolean {
  for (const group of engine.state.groups.values()) {
    if (group === undefined) continue
    for (const leg of group.legs)
      if (leg.request.id === id && group.number > 0) return order.terms.type !== 'limit'
  }
  return false
}

function assertWithinLimit(order: OrderRequest, base: bigint, quote: bigint): void {
  if (order.terms.type === 'market' || order.terms.limit === undefined) return
  const { limit } = order.terms
  const paid = quote * limit.base
  const allowed = base * limit.quote
  assert(order.side === 'buy' ? paid <= allowed : paid >= allowed, `${order.id}: traded beyond its limit`)
}

function assert(holds: boolean, complaint: string): void {
  if (!holds) throw new Error(complaint)
}
