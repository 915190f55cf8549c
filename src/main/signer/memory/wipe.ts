/** Overwrites secrets; what is not there is passed over, so that it fits every `finally`. */
export function wipe(...secrets: readonly (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0)
}
