/** One node. Results are unchecked: whoever asked judges them by a schema. */
export interface RpcConnection {
  /** @throws NodeUnreachableError, NodeRefusedError */
  request(method: string, params: readonly unknown[]): Promise<unknown>
  /** Tells of new blocks until the connection drops; absent where the transport cannot push. */
  subscribeNewHeads?(listener: () => void): Promise<void>
  /** Gives up what is under way. */
  close(): void
}

export interface RpcConnectionOptions {
  readonly chainId: number
  readonly timeoutMs: number
  readonly maxBytes: number
}
