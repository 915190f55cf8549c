// Scales the distribution with five degrees of freedom to a standard deviation of one.
const SCALE = Math.sqrt(5 / 3)

/**
 * Probability that a move exceeds so many standard deviations in one direction, by Student's distribution with five degrees of
 * freedom: prices over seconds have tails far heavier than the normal distribution's. For non-negative arguments.
 */
export function studentTail(deviations: number): number {
  const t = deviations * SCALE
  const ratio = Math.sqrt(5) / t
  // Far out the closed form subtracts nearly equal numbers; the leading term of its series is exact to 1e-6 there.
  if (t > 1e3) return (8 / (3 * Math.PI)) * (ratio ** 5 / 5)
  const angle = Math.atan(t / Math.sqrt(5))
  const cosine = Math.cos(angle)
  const inside = (2 / Math.PI) * (angle + Math.sin(angle) * (cosine + (2 / 3) * cosine ** 3))
  return Math.max(0, (1 - inside) / 2)
}
