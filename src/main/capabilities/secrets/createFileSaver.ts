import { AppError } from '../../../shared/errors/AppError.ts'
import type { FileSaverDependencies } from './secrets.ports.ts'

export interface FileSaver {
  /**
   * Asks the user where to, and writes there.
   *
   * @throws AppError `file.writeFailed`
   */
  saveFile(file: { suggestedName: string; content: Uint8Array }): Promise<{ readonly isSaved: boolean }>
  /**
   * The same with what the main window has marked for paper, as PDF: what is on the screen is what is saved.
   *
   * @throws AppError `file.writeFailed`
   */
  savePdf(file: { suggestedName: string }): Promise<{ readonly isSaved: boolean }>
}

/** Saves files that may hold secrets, and overwrites them in memory. */
export function createFileSaver({ desktop, write }: FileSaverDependencies): FileSaver {
  async function save(suggestedName: string, content: Uint8Array) {
    try {
      const path = await desktop.askSavePath(suggestedName)
      if (path === undefined) return { isSaved: false }
      await write(path, content)
      return { isSaved: true }
    } catch (error) {
      throw new AppError('file.writeFailed', {}, { cause: error })
    } finally {
      content.fill(0)
    }
  }

  return {
    saveFile: ({ suggestedName, content }) => save(suggestedName, content),
    // Printed before the question for the place: its dialog takes the focus, upon which the window covers its secrets.
    async savePdf({ suggestedName }) {
      return save(suggestedName, await desktop.printToPdf())
    },
  }
}
