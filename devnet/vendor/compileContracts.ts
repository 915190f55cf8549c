import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Abi, Hex } from 'viem'
import type { Artifact } from './artifact.ts'
import { collectSources, readFromFolders } from './collectSources.ts'
import { packageFolder } from './fetchPackages.ts'
import { leanAbi } from './readVendored.ts'
import { type CompileJob, compilerPackage } from './sources.ts'

export const CONTRACTS_FOLDER = join(import.meta.dirname, '..', 'contracts')
export const EVM_VERSION = 'prague'

/** What the Emscripten build of the compiler exposes; its npm wrapper would add dependencies for nothing. */
interface CompilerModule {
  cwrap(name: 'solidity_compile', result: 'string', parameters: string[]): (...input: unknown[]) => string
}

interface CompilerOutput {
  errors?: { severity: string; formattedMessage: string }[]
  contracts?: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>
}

/** The Solidity files of one job, relative to `devnet/contracts`, sorted. */
export function sourceFilesOf(job: Pick<CompileJob, 'folder'>): string[] {
  return readdirSync(join(CONTRACTS_FOLDER, job.folder))
    .filter((file) => file.endsWith('.sol'))
    .sort()
    .map((file) => (job.folder === '.' ? file : `${job.folder}/${file}`))
}

/** Compiles one folder of our own sources; abstract contracts and interfaces leave no artifact. */
export function compileContracts(root: string, job: CompileJob): Artifact[] {
  const load = createRequire(join(packageFolder(root, compilerPackage), 'package.json'))
  const compile = (load('./soljson.js') as CompilerModule).cwrap('solidity_compile', 'string', [
    'string',
    'number',
    'number',
  ])
  const files = sourceFilesOf(job)
  const libraries = Object.fromEntries(
    Object.entries(job.libraries).map(([prefix, library]) => [prefix, packageFolder(root, library)]),
  )
  const input = {
    language: 'Solidity',
    sources: collectSources(files, readFromFolders(CONTRACTS_FOLDER, libraries)),
    settings: {
      evmVersion: EVM_VERSION,
      viaIR: job.viaIR,
      optimizer: { enabled: true, runs: job.optimizerRuns },
      // No metadata hash: the same sources give the same bytes wherever they are compiled.
      metadata: { bytecodeHash: 'none', appendCBOR: false },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  }
  const output = JSON.parse(compile(JSON.stringify(input), 0, 0)) as CompilerOutput
  const failures = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (failures.length > 0) throw new Error(failures.map((entry) => entry.formattedMessage).join('\n'))
  return files.flatMap((file) =>
    Object.entries(output.contracts?.[file] ?? {})
      .filter(([, contract]) => contract.evm.bytecode.object !== '')
      .map(([name, contract]) => ({
        name,
        origin: { package: 'own', version: '-', path: `devnet/contracts/${file}`, licence: job.licence },
        abi: leanAbi(contract.abi),
        bytecode: `0x${contract.evm.bytecode.object}` as Hex,
      })),
  )
}
