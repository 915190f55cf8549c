import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

// In CI nothing may differ from the commit after everything was generated, formatted and run.
const root = join(import.meta.dirname, '..')
const changed = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).trim()
if (changed !== '') console.log(changed)
if (process.env.CI && changed !== '') {
  console.error('The run changed or left files that are not committed.')
  process.exitCode = 1
}
