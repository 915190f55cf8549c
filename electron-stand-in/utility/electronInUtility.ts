// What `import … from 'electron'` gives in a utility process: Electron has only these two there.
import { createUnavailableModule } from '../unavailable.ts'

export const net = createUnavailableModule('net in a utility process')
export const systemPreferences = createUnavailableModule('systemPreferences in a utility process')

const electron = { net, systemPreferences }

// biome-ignore lint/style/noDefaultExport: Electron's own module has one.
export { electron as default, electron as 'module.exports' }
