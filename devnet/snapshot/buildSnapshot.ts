import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMON_ANVIL_PARAMETERS, MINE_WHEN_TOLD } from '../anvil/anvilParameters.ts'
import { createRpc } from '../anvil/rpc.ts'
import { startAnvil } from '../anvil/startAnvil.ts'
import { GENESIS_TIMESTAMP, seedChain } from '../seed/seedChain.ts'

export const STATE_FILE = 'state.json'
export const MANIFEST_FILE = 'manifest.json'

/** Seeds a fresh chain and leaves its state and manifest in an existing folder, written through to the disk. */
export async function buildSnapshot(folder: string): Promise<void> {
  const anvil = await startAnvil(0, [
    ...COMMON_ANVIL_PARAMETERS,
    ...MINE_WHEN_TOLD,
    '--timestamp',
    String(GENESIS_TIMESTAMP),
    '--dump-state',
    join(folder, STATE_FILE),
  ])
  try {
    const manifest = await seedChain(createRpc(`http://127.0.0.1:${anvil.port}`))
    writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
  } finally {
    // The state is written upon the end of the process.
    await anvil.stop()
  }
  for (const file of [STATE_FILE, MANIFEST_FILE]) writeThrough(join(folder, file))
}

/** Without this, a power cut after the folder's rename could leave the name without the content. */
function writeThrough(path: string): void {
  const descriptor = openSync(path, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
