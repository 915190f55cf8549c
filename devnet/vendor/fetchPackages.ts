import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** An exact package version. */
export interface PackageVersion {
  package: string
  version: string
}

/** The folder below `root` that holds the unpacked package. */
export function packageFolder(root: string, { package: name, version }: PackageVersion): string {
  return join(root, `${name.replace('@', '').replace('/', '-')}-${version}`)
}

/**
 * Unpacks exact package versions below `root` with the npm client, which checks each tarball's integrity.
 * Packing instead of installing leaves their 400 MB of dependencies and all install scripts out.
 */
export function fetchPackages(root: string, packages: PackageVersion[]): void {
  const wanted = new Map(packages.map((entry) => [packageFolder(root, entry), entry]))
  const specifiers = [...wanted.values()].map((entry) => `${entry.package}@${entry.version}`)
  const npm = process.env.npm_execpath
  const [command, prefix] = npm === undefined ? ['npm', []] : [process.execPath, [npm]]
  execFileSync(
    command,
    [...prefix, 'pack', '--silent', '--ignore-scripts', '--pack-destination', root, ...specifiers],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  for (const folder of wanted.keys()) {
    mkdirSync(folder, { recursive: true })
    execFileSync('tar', ['-xzf', `${folder}.tgz`, '-C', folder, '--strip-components=1'])
  }
}
