import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Abi, Hex } from 'viem'
import type { Artifact } from './artifact.ts'
import { packageFolder } from './fetchPackages.ts'
import type { VendoredSource } from './sources.ts'

function asHex(code: unknown, name: string): Hex {
  if (typeof code !== 'string') throw new Error(`${name}: no bytecode where it is expected`)
  const prefixed = code.startsWith('0x') ? code : `0x${code}`
  // A library placeholder (`__$…$__`) would deploy as garbage.
  if (!/^0x([0-9a-fA-F]{2})+$/.test(prefixed)) throw new Error(`${name}: bytecode is empty or unlinked`)
  return prefixed.toLowerCase() as Hex
}

/** Keeps what encoding and decoding need; names of Solidity-internal types only add weight. */
export function leanAbi(abi: unknown): Abi {
  return JSON.parse(JSON.stringify(abi, (key, value) => (LEFT_OUT.has(key) ? undefined : value))) as Abi
}
const LEFT_OUT = new Set(['internalType', 'gas', 'constant', 'payable', 'signature'])

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
}

/** Takes one contract out of its unpacked package below `root`; throws where the layout is not as recorded. */
export function readVendored(root: string, source: VendoredSource): Artifact {
  const { name, format = 'solcJson' } = source
  const [file = '', anchor = ''] = source.path.split('#')
  const path = join(packageFolder(root, source), file)
  const origin = {
    package: source.package,
    version: source.version,
    path: source.path,
    licence: source.licence,
  }
  switch (format) {
    case 'solcJson': {
      const json = readJson(path)
      return { name, origin, abi: leanAbi(json.abi), bytecode: asHex(json.bytecode, name) }
    }
    case 'foundry': {
      const json = readJson(path)
      const bytecode = json.bytecode as { object?: unknown }
      return { name, origin, abi: leanAbi(json.abi), bytecode: asHex(bytecode.object, name) }
    }
    case 'balancerBytecode': {
      const abi = JSON.parse(
        readFileSync(join(dirname(path), '..', 'abi', file.split('/').at(-1) ?? ''), 'utf8'),
      ) as unknown
      return { name, origin, abi: leanAbi(abi), bytecode: asHex(readJson(path).creationCode, name) }
    }
    case 'runtimeOnly':
      return { name, origin, abi: [], deployedBytecode: asHex(readJson(path).bytecode, name) }
    case 'viemConstant': {
      const match = new RegExp(`export const ${anchor} = '(0x[0-9a-f]+)'`).exec(readFileSync(path, 'utf8'))
      return { name, origin, abi: [], bytecode: asHex(match?.[1], name) }
    }
  }
}
