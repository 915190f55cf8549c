import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountOf } from '../accounts.ts'
import { createRpc } from '../anvil/rpc.ts'
import { startChain } from '../startChain.ts'
import { openSavedState } from './savedState.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minato-saved-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a saved state', () => {
  it('goes on where the chain was stopped', async () => {
    const savedStateFile = join(folder, 'chain.json')
    const { address } = accountOf('practice')
    const first = await startChain({ mining: 'auto', savedStateFile })
    await createRpc(first.rpcUrl)('anvil_setBalance', address, '0x1234')
    await first.stop()

    const second = await startChain({ mining: 'auto', savedStateFile })
    try {
      expect(await createRpc(second.rpcUrl)('eth_getBalance', address, 'latest')).toBe('0x1234')
    } finally {
      await second.stop()
    }
  })

  it('of other inputs is left alone and not loaded', () => {
    const path = join(folder, 'chain.json')
    writeFileSync(path, 'theirs')
    writeFileSync(`${path}.snapshot`, 'their digest')
    expect(openSavedState(path, 'our digest').loadFrom).toBeUndefined()
    expect(readFileSync(path, 'utf8')).toBe('theirs')
    expect(openSavedState(path, 'their digest').loadFrom).toBe(path)
  })

  it('that a killed run left half-written is not taken over', () => {
    const path = join(folder, 'chain.json')
    writeFileSync(path, 'whole')
    writeFileSync(`${path}.snapshot`, 'digest')
    writeFileSync(`${path}.new`, 'hal')
    const saved = openSavedState(path, 'digest')
    expect(saved.loadFrom).toBe(path)
    expect(existsSync(saved.dumpTo)).toBe(false)
    saved.keep()
    expect(readFileSync(path, 'utf8')).toBe('whole')
  })
})
