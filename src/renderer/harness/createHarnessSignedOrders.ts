import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { SignedOrder, SignedOrderId } from '../../shared/contract/signedOrders.ts'
import type { mainWindowContract } from '../../shared/contract/windows.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { Hash } from '../../shared/identity/identity.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'
import { baseUnits, wei } from '../../shared/money/units.ts'
import { harnessTokens } from './harnessTokens.ts'

interface Surroundings {
  readonly nowMs: () => number
  onChanged(order: SignedOrder): void
}

/** Signed orders as the screens see them: signed without a question, and filled by nobody. */
export function createHarnessSignedOrders({
  nowMs,
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
    fill: sent,
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
