import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

// Chromium without its browser's windows: the same pages for half of the processor's time.
const NAMES_WITHOUT_DISPLAY = ['chromium-headless-shell', 'chrome-headless-shell']
const USUAL_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

/** The Chromium to run: `CHROMIUM_PATH`, else the first usual name on the PATH that suits; throws when there is none. */
export function findChromium(
  env: Readonly<Record<string, string | undefined>>,
  { hasDisplay }: { readonly hasDisplay: boolean },
): string {
  const chosen = env['CHROMIUM_PATH']
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM_PATH is not an executable file: ${chosen}`)
    return chosen
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const name of hasDisplay ? USUAL_NAMES : [...NAMES_WITHOUT_DISPLAY, ...USUAL_NAMES]) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable)
    if (found !== undefined) return found
  }
  throw new Error(
    `electron stand-in: no Chromium found (looked for ${USUAL_NAMES.join(', ')} on the PATH); ` +
      'install it (Debian: apt-get install chromium) or set CHROMIUM_PATH',
  )
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
