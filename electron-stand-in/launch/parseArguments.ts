/** The command line of one start, as Electron reads it. */
export type LaunchArguments = {
  /** Modules to load before the app (`-r`, which Playwright uses). */
  readonly preloadedModules: readonly string[]
  /** The folder or file to run, as given; `.` when none was. */
  readonly appPath: string
  /** `--name=value` and `--name` arguments without their dashes; the last one of a name wins. */
  readonly switches: ReadonlyMap<string, string>
}

/** Parses Electron's arguments: `-r module`, `--switch[=value]`, then the app's path and what is the app's own. */
export function parseArguments(argv: readonly string[]): LaunchArguments {
  const preloadedModules: string[] = []
  const switches = new Map<string, string>()
  let appPath: string | undefined
  let onlyPositional = false
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    if (!onlyPositional && argument === '--') {
      onlyPositional = true
    } else if (!onlyPositional && (argument === '-r' || argument === '--require')) {
      const module = argv[++index]
      if (module === undefined) throw new Error(`${argument} needs the path of a module`)
      preloadedModules.push(module)
    } else if (!onlyPositional && argument.startsWith('--')) {
      const [name = '', ...value] = argument.slice(2).split('=')
      switches.set(name, value.join('='))
    } else if (onlyPositional || !argument.startsWith('-')) {
      appPath ??= argument
    }
  }
  return { preloadedModules, appPath: appPath ?? '.', switches }
}
