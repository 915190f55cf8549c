/** The smaller of two amounts of the same unit; Math.min knows no bigint. */
export function smallerOf<Amount extends bigint>(a: Amount, b: Amount): Amount {
  if (a < b) return a
  return b
}

/** The larger of two amounts of the same unit. */
export function largerOf<Amount extends bigint>(a: Amount, b: Amount): Amount {
  return a < b ? b : a
}
