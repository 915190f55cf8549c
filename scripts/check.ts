import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Everything that must hold before a change lands, in the order in which a mistake shows soonest.
 *
 * `npm run check -- --only lint,types` runs a part of it.
 */
const steps = [
  { name: 'lint', command: ['biome', 'check', '.'] },
  { name: 'types', command: ['node', 'scripts/typecheck.ts'] },
  { name: 'imports', command: ['node', 'scripts/check-imports.ts'] },
  { name: 'dead-code', command: ['knip'] },
  { name: 'dead-code-production', command: ['knip', '--production'] },
  { name: 'build', command: ['electron-vite', 'build', '--logLevel', 'warn'] },
  { name: 'bundles', command: ['node', 'scripts/check-bundles.ts'] },
  { name: 'unit', command: ['vitest', 'run'] },
  { name: 'e2e', command: ['node', 'scripts/e2e.ts'] },
  { name: 'clean-tree', command: ['node', 'scripts/check-clean-tree.ts'] },
] as const

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const only = values.only?.split(',')
const unknown = only?.filter((name) => !steps.some((step) => step.name === name)) ?? []
if (unknown.length > 0) {
  console.error(
    `No such step: ${unknown.join(', ')}. There are: ${steps.map((step) => step.name).join(', ')}`,
  )
  process.exit(2)
}

// Hundreds of processes and threads start in a run, most of them from the same sources: each is compiled once.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'), ...process.env }

let passed = 0
let failed = 0
const startedAt = performance.now()
for (const step of steps) {
  if (only && !only.includes(step.name)) continue
  console.log(`\n── ${step.name}: ${step.command.join(' ')}`)
  const stepStartedAt = performance.now()
  const code = await run(step.command)
  console.log(`── ${step.name} ${code === 0 ? 'passed' : 'FAILED'} in ${seconds(stepStartedAt)}`)
  if (code === 0) passed += 1
  else failed += 1
  // Later steps build on earlier ones; a list of failures that follow from the first helps nobody.
  if (code !== 0) break
}
console.log(`\nin ${seconds(startedAt)}`)
console.log(`check: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function run([command, ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    if (command === undefined) throw new Error('A step without a command')
    spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
      .on('error', reject)
      .on('exit', (code) => resolve(code ?? 1))
  })
}

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1_000).toFixed(1)} s`
}
