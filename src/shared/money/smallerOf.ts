/** The smaller of two amounts of the same unit; Math.min knows no bigint. */
export function smallerOf<Amount extends bigint>(a: Amount, b: Amount): Amount {
  if (a < b) return a
  return b
}
