/** The mark: two breakwaters that shelter a light. Drawn in the colour of the text around it. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" fill="none" aria-hidden="true">
      <path d="M12 50 A26 26 0 0 1 42 8" stroke="currentColor" strokeWidth="6" strokeLinecap="round" />
      <path d="M54 17 A26 26 0 0 1 26 57" stroke="currentColor" strokeWidth="6" strokeLinecap="round" />
      <circle cx="33" cy="32.5" r="6" fill="var(--mark-light, var(--safe))" />
    </svg>
  )
}
