const ONE_18 = 10n ** 18n
const ONE_20 = 10n ** 20n
const ONE_36 = 10n ** 36n
const GREATEST_EXPONENT = 130n * ONE_18
const LEAST_EXPONENT = -41n * ONE_18
const PRECISE_LOG_FROM = ONE_18 - 10n ** 17n
const PRECISE_LOG_TO = ONE_18 + 10n ** 17n

/** e^128 and e^64 as whole numbers, with their exponents in 18 decimals: the digits are those of the contract. */
const WHOLE_POWERS: readonly (readonly [exponent: bigint, power: bigint])[] = [
  [128n * ONE_18, 38877084059945950922200000000000000000000000000000000000n],
  [64n * ONE_18, 6235149080811616882910000000n],
]

/** e^32, e^16 ... e^(1/16) in 20 decimals, as the contract writes them. */
const POWERS: readonly (readonly [exponent: bigint, power: bigint])[] = [
  [3200000000000000000000n, 7896296018268069516100000000000000n],
  [1600000000000000000000n, 888611052050787263676000000n],
  [800000000000000000000n, 298095798704172827474000n],
  [400000000000000000000n, 5459815003314423907810n],
  [200000000000000000000n, 738905609893065022723n],
  [100000000000000000000n, 271828182845904523536n],
  [50000000000000000000n, 164872127070012814685n],
  [25000000000000000000n, 128402541668774148407n],
  [12500000000000000000n, 113314845306682631683n],
  [6250000000000000000n, 106449445891785942956n],
]
/** The exponential stops at e^(1/4): its series converges from there. */
const POWERS_OF_EXP = POWERS.slice(0, 8)

/** base^exponent in 18 decimals with the exact error of Balancer's LogExpMath; undefined where the contract reverts. */
export function powFixed(base: bigint, exponent: bigint): bigint | undefined {
  if (exponent === 0n) return ONE_18
  if (base === 0n) return 0n
  if (base >> 255n !== 0n || exponent >= (1n << 254n) / ONE_20) return undefined
  let product: bigint
  if (PRECISE_LOG_FROM < base && base < PRECISE_LOG_TO) {
    const log = preciseLog(base)
    product = (log / ONE_18) * exponent + ((log % ONE_18) * exponent) / ONE_18
  } else {
    product = logarithm(base) * exponent
  }
  product /= ONE_18
  if (product < LEAST_EXPONENT || product > GREATEST_EXPONENT) return undefined
  return exponential(product)
}

function exponential(exponent: bigint): bigint {
  if (exponent < 0n) return ONE_36 / exponential(-exponent)
  let rest = exponent
  let whole = 1n
  for (const [step, power] of WHOLE_POWERS) {
    if (rest < step) continue
    rest -= step
    whole = power
    break
  }
  rest *= 100n
  let product = ONE_20
  for (const [step, power] of POWERS_OF_EXP) {
    if (rest < step) continue
    rest -= step
    product = (product * power) / ONE_20
  }
  let term = rest
  let sum = ONE_20 + term
  for (let order = 2n; order <= 12n; order += 1n) {
    term = (term * rest) / ONE_20 / order
    sum += term
  }
  return (((product * sum) / ONE_20) * whole) / 100n
}

function logarithm(argument: bigint): bigint {
  if (argument < ONE_18) return -logarithm(ONE_36 / argument)
  let rest = argument
  let sum = 0n
  for (const [step, power] of WHOLE_POWERS) {
    if (rest < power * ONE_18) continue
    rest /= power
    sum += step
  }
  sum *= 100n
  rest *= 100n
  for (const [step, power] of POWERS) {
    if (rest < power) continue
    rest = (rest * ONE_20) / power
    sum += step
  }
  return (
    (sum + 2n * inverseHyperbolicTangent(((rest - ONE_20) * ONE_20) / (rest + ONE_20), ONE_20, 11n)) / 100n
  )
}

/** The logarithm near one in 36 decimals. */
function preciseLog(argument: bigint): bigint {
  const precise = argument * ONE_18
  return 2n * inverseHyperbolicTangent(((precise - ONE_36) * ONE_36) / (precise + ONE_36), ONE_36, 15n)
}

function inverseHyperbolicTangent(z: bigint, one: bigint, lastOrder: bigint): bigint {
  const square = (z * z) / one
  let power = z
  let sum = z
  for (let order = 3n; order <= lastOrder; order += 2n) {
    power = (power * square) / one
    sum += power / order
  }
  return sum
}
