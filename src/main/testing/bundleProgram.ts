import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

export interface BundledProgram {
  readonly path: string
  remove(): Promise<void>
}

/** Inside the repository, so that native packages are still found from there. */
const programs = fileURLToPath(new URL('../../../.cache/programs', import.meta.url))

/**
 * One file of a program, as the app ships it: a process that starts from some hundred source files takes ten times as long, which
 * tells where a test starts dozens of them.
 */
export async function bundleProgram(entry: URL): Promise<BundledProgram> {
  await mkdir(programs, { recursive: true })
  const outDir = await mkdtemp(join(programs, 'program-'))
  await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['keytar', '@node-rs/argon2'] },
    build: {
      ssr: fileURLToPath(entry),
      outDir,
      minify: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'program.mjs', chunkFileNames: '[name].mjs' } },
    },
  })
  return {
    path: join(outDir, 'program.mjs'),
    remove: () => rm(outDir, { recursive: true, force: true }),
  }
}
