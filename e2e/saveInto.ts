import type { ElectronApplication } from '@playwright/test'

/** Nobody is there to choose a place: the system's dialog answers with this folder. */
export async function saveInto(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, into) => {
    dialog.showSaveDialog = async (...parameters: unknown[]) => {
      const options = parameters.at(-1) as { defaultPath?: string }
      return { canceled: false, filePath: `${into}/${options.defaultPath?.split('/').at(-1)}` }
    }
  }, folder)
}
