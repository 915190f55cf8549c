import { SimpleStateManager } from '@ethereumjs/statemanager'
import { Account, type Address, bytesToHex, hexToBytes } from '@ethereumjs/util'
import { keccak256 } from 'viem'
import type { SimulatedState } from './simulationMessages.ts'

interface KnownAccount {
  readonly nonce: bigint
  readonly balance: bigint
  readonly code: Uint8Array
  readonly codeHash: Uint8Array
}

/** State that is asked for when it is first needed; what transactions change lies over it, and is gone with this object. */
export class RemoteState extends SimpleStateManager {
  readonly #source: SimulatedState
  readonly #accounts = new Map<string, Promise<KnownAccount>>()
  readonly #slots = new Map<string, Promise<Uint8Array>>()

  constructor(source: SimulatedState) {
    super()
    this.#source = source
  }

  override async getAccount(address: Address): Promise<Account | undefined> {
    const key = address.toString()
    if (this.topAccountStack()?.has(key)) return super.getAccount(address)
    const { nonce, balance, code, codeHash } = await this.#readAccount(key)
    if (nonce === 0n && balance === 0n && code.length === 0) return undefined
    // Anew each time: the machine changes what it is given before it puts it back.
    return new Account(nonce, balance, undefined, codeHash)
  }

  override async getCode(address: Address): Promise<Uint8Array> {
    const key = address.toString()
    if (this.topCodeStack()?.has(key)) return super.getCode(address)
    return (await this.#readAccount(key)).code
  }

  override async getStorage(address: Address, slot: Uint8Array): Promise<Uint8Array> {
    const key = `${address.toString()}_${bytesToHex(slot)}`
    return this.topStorageStack()?.get(key) ?? this.#readSlot(key, address.toString(), bytesToHex(slot))
  }

  /** Coin of every account that was written so far, by address in lower case. */
  listWritten(): Map<`0x${string}`, bigint> {
    return new Map([...(this.topAccountStack() ?? [])].map(([key, account]) => [key, account?.balance ?? 0n]))
  }

  /** Coin before anything was run. */
  async readFirstBalance(address: `0x${string}`): Promise<bigint> {
    return (await this.#readAccount(address)).balance
  }

  #readAccount(address: `0x${string}`): Promise<KnownAccount> {
    const known = this.#accounts.get(address)
    if (known) return known
    const asked = this.#source.readAccount(address).then(({ nonce, balance, code }) => {
      const bytes = hexToBytes(code)
      return { nonce, balance, code: bytes, codeHash: keccak256(bytes, 'bytes') }
    })
    this.#accounts.set(address, asked)
    return asked
  }

  #readSlot(key: string, address: `0x${string}`, slot: `0x${string}`): Promise<Uint8Array> {
    const known = this.#slots.get(key)
    if (known) return known
    const asked = this.#source
      .readSlot(address, slot)
      // The machine takes a slot for empty where there are no bytes.
      .then((value) =>
        value === 0n ? new Uint8Array() : hexToBytes(`0x${value.toString(16).padStart(64, '0')}`),
      )
    this.#slots.set(key, asked)
    return asked
  }
}
