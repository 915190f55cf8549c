/** Reads of typed arrays at indices known to exist; separate functions keep each call site on one element kind. */
export const i32 = (array: Int32Array, index: number): number => array[index] as number
export const f64 = (array: Float64Array, index: number): number => array[index] as number
export const u8 = (array: Uint8Array, index: number): number => array[index] as number
