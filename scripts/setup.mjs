// Prepares a clone for `npm start` and `npm test`: dependencies, and what the system lacks.
// Plain JavaScript, because it runs before anything is installed, on whatever Node the machine has.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const purpose = process.argv[2] ?? 'test'

const SHELL = 'chromium-headless-shell'

installDependencies()
const hasElectron = obtainElectron()
if (process.platform === 'linux') installSystemPackages(hasElectron)

/** Installs exactly the lock file, without anybody's install scripts but the one that brings the pinned Node. */
function installDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.minato-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  say('Installing the dependencies of the lock file')
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  run('npm', ['rebuild', 'node', '--loglevel=error'])
  writeFileSync(stamp, lock)
}

/** Electron downloads its binary separately from its package; where that fails, the stand-in takes over. */
function obtainElectron() {
  const folder = join(root, 'node_modules', 'electron')
  if (existsSync(join(folder, 'path.txt'))) return true
  if (process.env.MINATO_HOST === 'stand-in') return false
  const download = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: 300_000,
  })
  return download.status === 0 && existsSync(join(folder, 'path.txt'))
}

function installSystemPackages(hasElectron) {
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  const wanted = [
    { package: 'libsecret-1-0', why: 'speaks to the keychain', present: hasLibrary('libsecret-1.so.0') },
    ...(hasElectron
      ? [{ package: 'xvfb', why: 'a display for Electron', present: hasDisplay || hasCommand('Xvfb') }]
      : [
          {
            package: browserFor(hasDisplay),
            why: 'runs the app without Electron',
            present: hasChromium(hasDisplay),
          },
        ]),
    // The tests and the tour bring a keychain of their own, so that they never touch the user's.
    ...(purpose === 'test' || !hasDisplay
      ? [
          {
            package: 'gnome-keyring',
            why: 'a keychain of its own',
            present: hasCommand('gnome-keyring-daemon'),
          },
          { package: 'dbus', why: 'carries the keychain', present: hasCommand('dbus-run-session') },
        ]
      : []),
  ].filter((entry) => !entry.present)
  if (!hasElectron && hasChromium(hasDisplay)) addShell(hasDisplay)
  if (wanted.length === 0) return

  const packages = wanted.map((entry) => entry.package)
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (process.getuid?.() === 0 && hasCommand('apt-get')) {
    say(`Installing from the system's packages: ${packages.join(', ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update', '-qq'], env)
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env)
    return
  }
  const reasons = wanted.map((entry) => `  ${entry.package}: ${entry.why}`).join('\n')
  fail(`This machine lacks:\n${reasons}\nOn Debian or Ubuntu: sudo ${command}`)
}

/** Debian's Chromium without windows renders for half of the processor's time; other systems do not package it. */
function browserFor(hasDisplay) {
  if (hasDisplay) return 'chromium'
  if (isPackaged(SHELL)) return SHELL
  // A fresh container knows of no package before its first update.
  if (process.getuid?.() !== 0 || !hasCommand('apt-get') || isPackaged('chromium')) return 'chromium'
  run('apt-get', ['update', '-qq'])
  return isPackaged(SHELL) ? SHELL : 'chromium'
}

function isPackaged(name) {
  return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0
}

/** Where Chromium is there already, the one without windows is worth an attempt, and no reason to stop. */
function addShell(hasDisplay) {
  if (hasDisplay || process.env.CHROMIUM_PATH || hasCommand(SHELL)) return
  if (process.getuid?.() !== 0 || !isPackaged(SHELL)) return
  say(`Installing from the system's packages: ${SHELL}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', SHELL], {
    env,
    stdio: 'ignore',
    timeout: 120_000,
  })
}

function hasCommand(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, name)))
}

function hasChromium(hasDisplay) {
  const named = process.env.CHROMIUM_PATH
  return (
    (named && existsSync(named)) ||
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].some(hasCommand) ||
    (!hasDisplay && hasCommand(SHELL))
  )
}

function hasLibrary(name) {
  const listed = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  return listed.status === 0 && listed.stdout.includes(name)
}

function run(command, args, env = process.env) {
  // npm is a script on Windows, and its arguments here are all our own constants.
  const result = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (result.status !== 0)
    fail(`"${command} ${args.join(' ')}" failed${result.error ? `: ${result.error.message}` : ''}.`)
}

function say(text) {
  process.stderr.write(`minato: ${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}
