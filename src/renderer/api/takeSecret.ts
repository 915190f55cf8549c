/**
 * Reads a secret out of an uncontrolled field and empties the field. The caller overwrites the bytes after use.
 *
 * Passwords are normalised (NFKC) by the signer, so that the same password typed on another system still opens the vault.
 */
export function takeSecret(field: HTMLInputElement | HTMLTextAreaElement | null): Uint8Array<ArrayBuffer> {
  if (field === null) return new Uint8Array()
  const bytes = new TextEncoder().encode(field.value)
  field.value = ''
  return bytes
}

/** Overwrites secrets that are no longer needed. */
export function eraseSecrets(...secrets: readonly (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0)
}
