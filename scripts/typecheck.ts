import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

// One compiler run an environment: code sees only the globals of where it will run.
const root = join(import.meta.dirname, '..')
const projects = readdirSync(root).filter((name) => /^tsconfig\.(?!base)[a-z0-9]+\.json$/.test(name))

const codes = await Promise.all(
  projects.map(
    (project) =>
      new Promise<number>((resolve) => {
        spawn('tsc', ['--project', project, '--pretty', 'false'], { cwd: root, stdio: 'inherit' }).on(
          'exit',
          (code) => resolve(code ?? 1),
        )
      }),
  ),
)
console.log(`${projects.length} environments type-checked`)
process.exitCode = codes.every((code) => code === 0) ? 0 : 1
