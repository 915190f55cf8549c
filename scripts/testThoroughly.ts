import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'

// As Windows knows no variables before a command. What follows on the command line is Vitest's: `-- src/main/signer`.
const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  env: { ...process.env, MINATO_TEST_THOROUGH: '1' },
  stdio: 'inherit',
}).on('exit', (code) => {
  process.exitCode = code ?? 1
})
