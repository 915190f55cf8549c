/** The first word of return data as a number; `undefined` when there is none, as for an address without code. */
export function readUint256(data: `0x${string}` | undefined): bigint | undefined {
  return data === undefined || data.length < 66 ? undefined : BigInt(data.slice(0, 66))
}
