import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

/**
 * Everything that must hold before a change lands, in the order in which a mistake shows soonest. What stands in one
 * row runs side by side, as each of it uses one processor.
 *
 * `npm run check -- --only lint,types` runs a part of it.
 */
const rows: readonly (readonly Step[])[] = [
  [{ name: 'lint', command: ['biome', 'check', '.'] }],
  [{ name: 'types', command: ['node', 'scripts/typecheck.ts'] }],
  [
    { name: 'imports', command: ['node', 'scripts/check-imports.ts'] },
    { name: 'dead-code', command: ['knip'] },
    { name: 'dead-code-production', command: ['knip', '--production'] },
    { name: 'build', command: ['electron-vite', 'build', '--logLevel', 'warn'] },
  ],
  [{ name: 'bundles', command: ['node', 'scripts/check-bundles.ts'] }],
  [{ name: 'unit', command: ['vitest', 'run'] }],
  [{ name: 'e2e', command: ['node', 'scripts/e2e.ts'] }],
  [{ name: 'clean-tree', command: ['node', 'scripts/check-clean-tree.ts'] }],
]

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const only = values.only?.split(',')
const unknown = only?.filter((name) => !rows.flat().some((step) => step.name === name)) ?? []
if (unknown.length > 0) {
  console.error(
    `No such step: ${unknown.join(', ')}. There are: ${rows
      .flat()
      .map((step) => step.name)
      .join(', ')}`,
  )
  process.exit(2)
}

// Hundreds of processes and threads start in a run, most of them from the same sources: each is compiled once.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'), ...process.env }

let passed = 0
let failed = 0
const startedAt = performance.now()
for (const row of rows) {
  const steps = row.filter(({ name }) => !only || only.includes(name))
  const codes = await Promise.all(steps.map((step) => carryOut(step, steps.length > 1)))
  passed += codes.filter((code) => code === 0).length
  failed += codes.filter((code) => code !== 0).length
  // Later steps build on earlier ones; a list of failures that follow from the first helps nobody.
  if (failed > 0) break
}
console.log(`\nin ${seconds(startedAt)}`)
console.log(`check: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function carryOut({ name, command }: Step, isOneOfMany: boolean): Promise<number> {
  const title = `\n── ${name}: ${command.join(' ')}`
  if (!isOneOfMany) console.log(title)
  const stepStartedAt = performance.now()
  const { code, output } = await run(command, isOneOfMany)
  // What runs side by side is told one after the other.
  if (isOneOfMany) console.log(`${title}\n${output.trimEnd()}`)
  console.log(`── ${name} ${code === 0 ? 'passed' : 'FAILED'} in ${seconds(stepStartedAt)}`)
  return code
}

function run(
  [command, ...args]: Step['command'],
  isKept: boolean,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const shown = isKept ? 'pipe' : 'inherit'
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', shown, shown] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', reject).on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1_000).toFixed(1)} s`
}
