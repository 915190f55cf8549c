import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

// `npm run bench -- app` runs bench/app/run.ts; further arguments go on to it.
const [name, ...args] = process.argv.slice(2)
const names = readdirSync(import.meta.dirname).filter((entry) =>
  existsSync(join(import.meta.dirname, entry, 'run.ts')),
)
if (name === undefined || !names.includes(name)) {
  console.error(`Which benchmark? npm run bench -- ${names.join(' | ')}`)
  process.exitCode = 2
} else {
  spawn('node', [join(import.meta.dirname, name, 'run.ts'), ...args], { stdio: 'inherit' }).on(
    'exit',
    (code) => {
      process.exitCode = code ?? 1
    },
  )
}
