/** Reads of typed arrays at indices known to exist; separate functions keep each call site on one element kind. */
export const i32 = (array: Int32Array, index: number): number => array[index] as number
export const f64 = (array: Float64Array, index: number): number => array[index] as number
export const u8 = (array: Uint8Array, index: number): number => array[index] as number

/** Twice the room or more, with what was there. */
export function growFloats(array: Float64Array, least = 0): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.max(array.length * 2, least))
  grown.set(array)
  return grown
}

export function growInts(array: Int32Array, least = 0): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(array.length * 2, least))
  grown.set(array)
  return grown
}
