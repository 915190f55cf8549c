import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Electron puts a named folder by default, on the platforms the stand-in runs on; undefined for other names. */
export function findAppFolder(
  name: string,
  app: { readonly name: string; readonly executable: string; readonly modulePath: string },
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const home = homedir()
  const appData =
    process.platform === 'darwin'
      ? join(home, 'Library/Application Support')
      : env['XDG_CONFIG_HOME'] || join(home, '.config')
  const userData = join(appData, app.name)
  const folders: Record<string, string> = {
    home,
    appData,
    userData,
    sessionData: userData,
    logs: process.platform === 'darwin' ? join(home, 'Library/Logs', app.name) : join(userData, 'logs'),
    crashDumps: join(userData, 'Crashpad'),
    temp: tmpdir(),
    exe: app.executable,
    module: app.modulePath,
    desktop: join(home, 'Desktop'),
    documents: join(home, 'Documents'),
    downloads: join(home, 'Downloads'),
    music: join(home, 'Music'),
    pictures: join(home, 'Pictures'),
    videos: join(home, 'Videos'),
  }
  return folders[name]
}
