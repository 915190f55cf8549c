/** Fills every byte array inside the values with zeros: what was sent on has done its duty here. */
export function overwriteBytes(...values: readonly unknown[]): void {
  for (const value of values) {
    if (value instanceof Uint8Array) value.fill(0)
    else if (typeof value === 'object' && value !== null) overwriteBytes(...Object.values(value))
  }
}
