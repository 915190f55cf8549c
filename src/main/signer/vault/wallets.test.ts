import { describe, expect, it } from 'vitest'
import { pathTemplates } from '../../../shared/contract/vault.ts'
import { accountIdSchema, walletIdSchema } from '../../../shared/identity/identity.ts'
import { createWalletKeys } from '../keys/walletKeys.ts'
import type { StoredAccount, StoredWallet } from './payload.ts'
import {
  createNextAccount,
  createWallet,
  maximumAccountsPerWallet,
  maximumWallets,
  type NewWallet,
  toWallet,
} from './wallets.ts'

function account(index: number, name = `Account ${index + 1}`): StoredAccount {
  return {
    id: accountIdSchema.parse(`a${index}`),
    path: `m/44'/60'/0'/0/${index}`,
    address: `0x${index.toString(16).padStart(40, '0')}`,
    name,
  }
}

function wallet(number: number, accounts = [account(0)], name = `Wallet ${number}`): StoredWallet {
  return {
    id: walletIdSchema.parse(`w${number}`),
    name,
    origin: 'imported',
    createdAtMs: 0,
    pathTemplate: pathTemplates.bip44,
    secret: { kind: 'phrase', language: 'english', entropy: number.toString(16).padStart(32, '0') },
    accounts,
  }
}

const input: NewWallet = {
  secret: { kind: 'phrase', language: 'english', entropy: '7f'.repeat(16) },
  origin: 'imported',
  name: undefined,
  firstAccountIndex: 0,
  createdAtMs: 5,
}

describe('createWallet', () => {
  it('takes the first free name', async () => {
    expect((await createWallet(input, [])).name).toBe('Wallet 1')
    expect((await createWallet(input, [wallet(2)])).name).toBe('Wallet 3')
    expect((await createWallet(input, [wallet(1), wallet(2, [], 'Savings')])).name).toBe('Wallet 3')
    expect((await createWallet({ ...input, origin: 'practice' }, [])).name).toBe('Practice')
    const practice = wallet(1, [], 'Practice')
    expect((await createWallet({ ...input, origin: 'practice' }, [practice])).name).toBe('Wallet 2')
  })

  it('takes the same entropy in another language for another wallet, as it is another seed', async () => {
    const english = await createWallet(input, [])
    const japanese = await createWallet(
      { ...input, secret: { kind: 'phrase', language: 'japanese', entropy: '7f'.repeat(16) } },
      [english],
    )
    expect(japanese.accounts[0]?.address).not.toBe(english.accounts[0]?.address)
    await expect(createWallet(input, [english])).rejects.toMatchObject({ code: 'wallet.duplicate' })
  })

  it('stops at the limit', async () => {
    const existing = Array.from({ length: maximumWallets }, (_, number) => wallet(number + 1))
    await expect(createWallet(input, existing)).rejects.toMatchObject({
      code: 'account.limitReached',
      params: { of: 'wallets', limit: maximumWallets },
    })
    await createWallet(input, existing.slice(1))
  })
})

describe('createNextAccount', () => {
  it('goes on after the highest index, whatever the order, and avoids taken names', async () => {
    const existing = wallet(1, [account(5, 'Account 3'), account(2, 'x')])
    const next = await createNextAccount(existing, createWalletKeys(existing.secret), undefined)
    expect(next).toMatchObject({ path: "m/44'/60'/0'/0/6", name: 'Account 4' })
  })

  it('stops at the limit', async () => {
    const accounts = Array.from({ length: maximumAccountsPerWallet }, (_, index) => account(index))
    const full = wallet(1, accounts)
    await expect(createNextAccount(full, createWalletKeys(full.secret), 'more')).rejects.toMatchObject({
      code: 'account.limitReached',
      params: { of: 'accounts', limit: maximumAccountsPerWallet },
    })
  })
})

describe('toWallet', () => {
  it('lets everything out but the secret', () => {
    const shown = toWallet(wallet(1), { hasPassphrase: () => false })
    expect(shown).not.toHaveProperty('secret')
    expect(shown.accounts).toEqual([{ ...account(0), walletId: 'w1' }])
  })
})
