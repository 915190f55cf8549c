import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startDevnet } from '../devnet/builder/startDevnet.ts'
import { findElectron } from '../electron-stand-in/findElectron.ts'
import { buildApp } from './buildApp.ts'

const usage = `Starts Minato on an embedded local chain.

  npm start                      opens the app; without a display it plays the tour instead
  npm start -- --tour [folder]   plays the tour: screenshots and a summary go to the folder (default: tour)
  npm start -- --real            opens the app without the local chain, on the networks that you turn on in its settings
`

const root = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tour: { type: 'boolean' }, real: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
})

if (values.help) {
  process.stdout.write(usage)
} else {
  buildApp(root)
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  if (values.tour || !hasDisplay) {
    const { playTour } = await import('./playTour.ts')
    await playTour(resolve(root, positionals[0] ?? 'tour'))
  } else {
    process.exitCode = await openApp(values.real === true)
  }
}

async function openApp(isReal: boolean): Promise<number> {
  const host = await findElectron()
  const cache = join(root, '.cache')
  // Practice has a profile of its own beside its chain: neither knows anything of the user's real wallets.
  const profile = isReal ? [] : [`--user-data-dir=${join(cache, 'practice')}`]
  mkdirSync(cache, { recursive: true })
  const devnet = isReal
    ? undefined
    : await startDevnet({
        actors: ['arbitrageur', 'traders', 'feeds'],
        savedStateFile: join(cache, 'practice-chain.json'),
      })
  try {
    const env: NodeJS.ProcessEnv = { ...process.env, ...host.env }
    delete env.MINATO_LOCAL_CHAIN
    if (devnet) {
      env.MINATO_LOCAL_CHAIN = join(cache, 'local-chain.json')
      await writeAtomically(env.MINATO_LOCAL_CHAIN, JSON.stringify(devnet.manifest, null, 2))
      console.log(`Local chain: ${devnet.rpcUrl} (chain 31337)`)
    }
    return await new Promise((resolve, reject) => {
      const child = spawn(host.executablePath, [root, ...profile], { cwd: root, env, stdio: 'inherit' })
      child.on('error', reject).on('exit', (code) => resolve(code ?? 1))
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
    })
  } finally {
    await devnet?.stop()
  }
}

async function writeAtomically(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
