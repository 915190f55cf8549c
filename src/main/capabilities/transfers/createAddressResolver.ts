import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import type { ChainDirectory } from '../chains/index.ts'
import { parseRecipient } from './domain/parseRecipient.ts'
import type { NameResolver } from './transfers.ports.ts'

/** Reads an address as typed, or resolves a name on the first enabled chain that keeps names. */
export function createAddressResolver(
  chains: Pick<ChainDirectory, 'listEnabled'>,
  names: Pick<NameResolver, 'resolveName'>,
): {
  /** @throws AppError `address.invalid`, `address.wrongChecksum`, `name.notFound`, `name.unsupported`, `chain.*` */
  resolve(addressOrName: string): Promise<Address>
} {
  return {
    async resolve(addressOrName) {
      const parsed = parseRecipient(addressOrName)
      if (parsed.kind === 'address') return parsed.address
      const chain = chains.listEnabled().find(({ ensRegistry }) => ensRegistry !== undefined)
      if (!chain) throw new AppError('name.unsupported', { name: parsed.name })
      const resolved = await names.resolveName(chain.chainId, parsed.name)
      if (!resolved) throw new AppError('name.notFound', { name: parsed.name })
      const checked = parseRecipient(resolved)
      if (checked.kind !== 'address') throw new AppError('name.notFound', { name: parsed.name })
      return checked.address
    },
  }
}
