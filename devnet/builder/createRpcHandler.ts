import type { BlockBuilder } from './BlockBuilder.ts'
import { createFilterMethods } from './createFilterMethods.ts'
import { createOrderFlowMethods } from './createOrderFlowMethods.ts'
import { createPoolMethods } from './createPoolMethods.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'
import type { RpcHandler, RpcMethods } from './RpcMethods.ts'

const forwardedNamespaces = ['eth_', 'net_', 'web3_', 'debug_', 'trace_', 'ots_', 'erigon_']

// Each of these would put a transaction into the node behind the builder's back, sign with the node's well-known keys,
// or (fill) choose a nonce that does not know the mempool. Subscriptions need a WebSocket, which answers them itself.
const refusedMethods = new Set([
  'eth_subscribe',
  'eth_unsubscribe',
  'eth_sendTransaction',
  'eth_sendTransactionSync',
  'eth_sendRawTransactionSync',
  'eth_sendRawTransactionConditional',
  'eth_sendUnsignedTransaction',
  'eth_fillTransaction',
  'eth_resend',
  'eth_sign',
  'eth_signTransaction',
  'eth_signTypedData',
  'eth_signTypedData_v3',
  'eth_signTypedData_v4',
])

/** Joins the builder's own methods with `additional` ones and forwards plain reads to the node. */
export function createRpcHandler(builder: BlockBuilder, additional: RpcMethods = {}): RpcHandler {
  const methods = new Map(
    Object.entries<RpcMethods[string]>({
      ...createOrderFlowMethods(builder),
      ...createPoolMethods(builder),
      ...createFilterMethods(builder),
      // The node would list its unlocked accounts, whose keys are public knowledge.
      eth_accounts: async () => [],
      ...additional,
    }),
  )

  return async (method, params) => {
    const own = methods.get(method)
    if (own !== undefined) return own(params)
    const forwarded = forwardedNamespaces.some((namespace) => method.startsWith(namespace))
    if (!forwarded || refusedMethods.has(method)) {
      throw new RpcError(
        rpcErrorCode.methodNotFound,
        `the method ${method} does not exist/is not available on this endpoint`,
      )
    }
    return builder.readNode(method, params)
  }
}
