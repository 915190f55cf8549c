import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(import.meta.dirname, '..', '..', 'peers', 'package.json'))

/** Loads a package of `bench/peers`. The caller says what it uses of it; nothing else of it is known here. */
export function loadPeer<Module>(name: string): Module {
  return require(name) as Module
}
