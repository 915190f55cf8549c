/** JSON-RPC methods by name; what they throw as `RpcError` reaches the client as it is. */
export type RpcMethods = Readonly<Record<string, (params: readonly unknown[]) => Promise<unknown>>>

/** Answers one request; rejects with `RpcError`. */
export type RpcHandler = (method: string, params: readonly unknown[]) => Promise<unknown>
