/**
 * Splits an amount by weights, each part rounded down and the rest given to the last, so that nothing is left over.
 *
 * @throws RangeError when the weights do not make a whole.
 */
export function splitByWeights(units: bigint, weightsBps: readonly number[]): bigint[] {
  const whole = weightsBps.reduce((sum, weight) => sum + weight, 0)
  if (whole !== 10_000 || weightsBps.some((weight) => weight <= 0)) {
    throw new RangeError(`Weights that make no whole: ${weightsBps.join(', ')}`)
  }
  let left = units
  return weightsBps.map((weight, index) => {
    const part = index === weightsBps.length - 1 ? left : (units * BigInt(weight)) / 10_000n
    left -= part
    return part
  })
}
