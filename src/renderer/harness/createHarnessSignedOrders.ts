import type { Activity } from '../../shared/contract/activity.ts'
import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { SignedOrder, SignedOrderId } from '../../shared/contract/signedOrders.ts'
import type { SendOutcome } from '../../shared/contract/transfers.ts'
import type { mainWindowContract } from '../../shared/contract/windows.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { Address, Hash } from '../../shared/identity/identity.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'
import { baseUnits, wei } from '../../shared/money/units.ts'
import { harnessTokens, practiceChainId } from './harnessTokens.ts'

interface Surroundings {
  readonly nowMs: () => number
  readonly hasOffer: boolean
  begin(sent: Pick<Activity, 'chainId' | 'accountId' | 'to' | 'token' | 'units' | 'nonce'>): SendOutcome
  onChanged(order: SignedOrder): void
}

const otherMaker: Address = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'

/** Signed orders as the screens see them: signed without a question, and filled by nobody but the user. */
export function createHarnessSignedOrders({
  nowMs,
  hasOffer,
  begin,
  onChanged,
}: Surroundings): Handlers<typeof mainWindowContract>['offers'] {
  const orders = new Map<SignedOrderId, SignedOrder>()

  function tokenOf(address: string) {
    const token = harnessTokens.find(({ ref }) => ref.address.toLowerCase() === address.toLowerCase())
    if (!token) throw new AppError('token.unknown')
    return token
  }
  function find(id: SignedOrderId): SignedOrder {
    const order = orders.get(id)
    if (!order) throw new AppError('order.missing')
    return order
  }
  if (hasOffer) {
    const [give, receive] = [tokenNamed('WETH'), tokenNamed('USDC')]
    const making = parseUnits('2', give.decimals)
    const taking = parseUnits('5000', receive.decimals)
    const hash = `0x${'f'.repeat(64)}` as const
    const offer: SignedOrder = {
      id: `${practiceChainId}:${hash}` as SignedOrderId,
      chainId: practiceChainId,
      hash,
      maker: otherMaker,
      give: { token: give, units: making },
      receive: { token: receive, units: taking },
      fills: 'parts',
      addedAtMs: nowMs(),
      filled: baseUnits(0n),
      state: { kind: 'fillable', making, taking },
    }
    orders.set(offer.id, offer)
  }

  function tokenNamed(symbol: string) {
    const token = harnessTokens.find((known) => known.symbol === symbol)
    if (!token) throw new RangeError(symbol)
    return token
  }
  const sent = () => ({ status: 'sent' as const, activityId: 'activity-order' })

  return {
    list: () => [...orders.values()],
    create(request) {
      const give = tokenOf(request.give)
      const units = parseUnits(request.amount, give.decimals)
      const signed = request.receive.map(({ token, amount }, index): SignedOrder => {
        const receive = tokenOf(token)
        const taking = parseUnits(amount, receive.decimals)
        const hash = `0x${String(orders.size + index + 1).padStart(64, '0')}` as Hash
        return {
          id: `${request.chainId}:${hash}` as SignedOrderId,
          chainId: request.chainId,
          hash,
          maker: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
          accountId: request.accountId,
          give: { token: give, units },
          receive: { token: receive, units: taking },
          fills: request.fills,
          expiresAtMs: request.expiresAtMs,
          addedAtMs: nowMs(),
          filled: baseUnits(0n),
          state: { kind: 'fillable', making: units, taking },
        }
      })
      for (const order of signed) {
        orders.set(order.id, order)
        onChanged(order)
      }
      return { status: 'signed', orders: signed }
    },
    allow: sent,
    export: ({ id }) => ({ link: `minato:order/${find(id).hash}`, file: '{}', fileName: 'order.json' }),
    import: () => {
      throw new AppError('order.unreadable', { reason: 'notAnOrder' })
    },
    previewFill: ({ id }) => {
      const { give, receive } = find(id)
      return {
        pay: receive,
        receive: give,
        needsAllowance: true,
        expectedFee: wei(10n ** 15n),
        maximumFee: wei(10n ** 16n),
      }
    },
    fill({ id, accountId, amount }) {
      const { chainId, maker, receive } = find(id)
      const units = amount === 'all' ? receive.units : parseUnits(amount, receive.token.decimals)
      return begin({ chainId, accountId, to: maker, token: receive.token, units, nonce: 15 })
    },
    cancel({ id }) {
      const cancelled: SignedOrder = { ...find(id), state: { kind: 'cancelled' } }
      orders.set(id, cancelled)
      onChanged(cancelled)
      return sent()
    },
    cancelAll: sent,
    remove({ id }) {
      orders.delete(id)
      return undefined
    },
  }
}
