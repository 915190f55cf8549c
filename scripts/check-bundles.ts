import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Limits in bytes: growth is a decision, not an accident. */
const limits = {
  main: 1_900_000,
  signer: 1_250_000,
  simulation: 850_000,
  preload: 20_000,
  rendererScript: 1_400_000,
}

const out = join(import.meta.dirname, '..', 'out')
const problems: string[] = []

function files(folder: string, pattern: RegExp): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
}

function measure(name: string, paths: readonly string[], limit: number): void {
  const size = paths.reduce((sum, path) => sum + statSync(path).size, 0)
  console.log(`${name}: ${size} bytes of ${limit}`)
  if (paths.length === 0) problems.push(`${name} is missing from the build`)
  if (size > limit) problems.push(`${name} has grown to ${size} bytes, over its limit of ${limit}`)
}

// The main bundle names the files of other programs; they are found there as the app finds them.
const mainSource = readFileSync(join(out, 'main', 'index.js'), 'utf8')
const signer = programOf('signer')
measure('main', files(join(out, 'main'), /^index\.js$/), limits.main)
measure('signer', signer, limits.signer)
measure('simulation', programOf('simulationThread'), limits.simulation)
for (const name of ['main.cjs', 'approval.cjs']) {
  measure(`preload ${name}`, files(join(out, 'preload'), new RegExp(`^${name}$`)), limits.preload)
}
measure('renderer script', files(join(out, 'renderer'), /\.js$/), limits.rendererScript)

// What each process loads is part of its security: these are the lines that must not be crossed by a bundler either.
for (const path of signer) {
  const imports = importsOf(path)
  const allowed =
    /^\.\/|^(node:)?(crypto|fs|fs\/promises|path|buffer|process|module|util)$|^keytar$|^@node-rs\/argon2$/
  for (const name of imports) if (!allowed.test(name)) problems.push(`The signer's bundle imports ${name}`)
}
for (const path of files(join(out, 'preload'), /\.cjs$/)) {
  for (const name of importsOf(path))
    if (name !== 'electron') problems.push(`A preload's bundle loads ${name}`)
}
for (const path of files(join(out, 'renderer'), /\.html$/)) {
  const html = readFileSync(path, 'utf8')
  if (/<script(?![^>]*\bsrc=)/.test(html) || /<style|\son\w+=/.test(html))
    problems.push(`${path} has inline script or style`)
}

/** The file of a process or thread of its own, with its chunks. */
function programOf(name: string): string[] {
  const found = new RegExp(`${name}_default = join[^(]*\\([^,]+, "\\.\\/(chunks\\/[^"]+)"\\)`).exec(
    mainSource,
  )?.[1]
  return found === undefined ? [] : withOwnChunks(join(out, 'main', found))
}

/** A bundle and the chunks that it loads from beside itself. */
function withOwnChunks(path: string): string[] {
  const chunks = importsOf(path).filter((name) => name.startsWith('./'))
  return [path, ...chunks.map((name) => join(dirname(path), name))]
}

function importsOf(path: string): string[] {
  const source = readFileSync(path, 'utf8')
  const found = source.matchAll(
    /(?:^|[;\n])\s*import\s+(?:[^'"\n;]*?\sfrom\s+)?["']([^"'\n]+)["']|\brequire\(["']([^"']+)["']\)|\bimport\(["']([^"']+)["']\)/g,
  )
  return [...new Set([...found].map((match) => match[1] ?? match[2] ?? match[3] ?? ''))]
}

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
