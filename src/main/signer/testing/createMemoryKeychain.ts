import type { KeychainBackend } from '../keychain/createKeychain.ts'

/** A keychain in memory that behaves, and misbehaves, as keytar does on Linux. */
export interface MemoryKeychain extends KeychainBackend {
  readonly entries: Map<string, string>
  mode: 'available' | 'absent' | 'locked' | 'noDefaultKeyring' | 'frozen' | 'forgetful'
}

export function createMemoryKeychain(): MemoryKeychain {
  const entries = new Map<string, string>()
  const never = new Promise<never>(() => {})
  return {
    entries,
    mode: 'available',
    async getPassword(service, account) {
      if (this.mode === 'frozen') return never
      if (this.mode === 'absent') throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')
      if (this.mode === 'locked') return null
      return entries.get(`${service}/${account}`) ?? null
    },
    async setPassword(service, account, value) {
      if (this.mode === 'frozen') return never
      if (this.mode === 'absent') {
        throw new Error('The name org.freedesktop.secrets was not provided by any .service files')
      }
      if (this.mode === 'locked') throw new Error('Cannot create an item in a locked collection')
      if (this.mode === 'noDefaultKeyring') {
        throw new Error('Object does not exist at path "/org/freedesktop/secrets/collection/login"')
      }
      if (this.mode !== 'forgetful') entries.set(`${service}/${account}`, value)
    },
  }
}
