import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser'

const root = join(import.meta.dirname, '..')
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as IConfiguration

// A rule that has seen no module passes silently, as it does under a compiler that the tool does not understand.
const fewestModules: Readonly<Record<string, number>> = {
  'src/shared/': 20,
  'src/main/signer/': 15,
  'src/main/capabilities/': 30,
  'src/main/adapters/': 10,
  'src/main/electron/': 6,
  'src/renderer/': 40,
  'src/preload/': 3,
  'electron-stand-in/': 10,
  'devnet/': 20,
  'e2e/': 3,
}

const folders = ['src', 'devnet', 'electron-stand-in', 'e2e', 'scripts', 'bench'].filter((folder) =>
  existsSync(join(root, folder)),
)
const { output } = await cruise(
  folders,
  { ruleSet: { forbidden: config.forbidden ?? [] }, validate: true, ...config.options },
  {},
  {},
)
const result = output as ICruiseResult

const problems = result.summary.violations.map(
  (violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`,
)
for (const [folder, fewest] of Object.entries(fewestModules)) {
  const seen = result.modules.filter((module) => module.source.startsWith(folder)).length
  if (seen < fewest)
    problems.push(
      `Only ${seen} modules seen below ${folder}, expected at least ${fewest}: the check is blind.`,
    )
}
for (const problem of problems) console.error(problem)
console.log(
  `${result.summary.totalCruised} modules, ${result.summary.totalDependenciesCruised} imports, ${problems.length} problems`,
)
process.exitCode = problems.length === 0 ? 0 : 1
