import { COMMON_ANVIL_PARAMETERS, MINE_WHEN_TOLD } from './anvil/anvilParameters.ts'
import { createRpc } from './anvil/rpc.ts'
import { startAnvil } from './anvil/startAnvil.ts'
import type { LocalChainManifest } from './manifest.ts'
import { cachedSnapshot } from './snapshot/cachedSnapshot.ts'
import { catchUpWithWallClock } from './snapshot/catchUpWithWallClock.ts'
import { openSavedState } from './snapshot/savedState.ts'

/** How to start the local chain. */
export interface StartChainOptions {
  /** 0, the default, takes a free port. */
  port?: number
  /**
   * `auto`: a block for each transaction, or one every `blockTimeMs` where that is given.
   * `builder`: anvil mines only when told, in order of arrival; a block builder drives it.
   */
  mining: 'builder' | 'auto'
  blockTimeMs?: number
  /** Where built states are kept; default `.cache/devnet` in the repository. */
  cacheDirectory?: string
  /** Goes on from this state where it grew from the present snapshot, and leaves the new state there when it is stopped. */
  savedStateFile?: string
}

/** A running local chain. */
export interface LocalChain {
  rpcUrl: string
  wsUrl: string
  chainId: 31337
  manifest: LocalChainManifest
  /** Whether the state came from the cache. */
  fromCache: boolean
  /** Ends the node surely; may be called more than once. */
  stop(): Promise<void>
}

/** Starts the seeded local chain on the loopback interface; the node ends with this process at the latest. */
export async function startChain(options: StartChainOptions): Promise<LocalChain> {
  const { port = 0, mining, blockTimeMs, cacheDirectory, savedStateFile } = options
  const snapshot = await cachedSnapshot(cacheDirectory)
  const saved = savedStateFile === undefined ? undefined : openSavedState(savedStateFile, snapshot.digest)
  const interval =
    mining === 'builder'
      ? MINE_WHEN_TOLD
      : blockTimeMs === undefined
        ? []
        : ['--block-time', String(blockTimeMs / 1000)]
  const anvil = await startAnvil(port, [
    ...COMMON_ANVIL_PARAMETERS,
    '--load-state',
    saved?.loadFrom ?? snapshot.stateFile,
    ...(saved ? ['--dump-state', saved.dumpTo] : []),
    ...interval,
  ])
  const rpcUrl = `http://127.0.0.1:${anvil.port}`
  const wsUrl = `ws://127.0.0.1:${anvil.port}`
  try {
    await catchUpWithWallClock(
      createRpc(rpcUrl),
      snapshot.manifest,
      mining === 'auto' && interval.length === 0,
    )
  } catch (error) {
    await anvil.stop()
    throw error
  }
  return {
    rpcUrl,
    wsUrl,
    chainId: 31337,
    manifest: { ...snapshot.manifest, rpcUrls: [rpcUrl] },
    fromCache: snapshot.cached,
    async stop() {
      await anvil.stop()
      saved?.keep()
    },
  }
}
