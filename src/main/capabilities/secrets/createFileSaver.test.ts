import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeFileAtomically } from '../../adapters/files/writeFileAtomically.ts'
import { createFileSaver } from './createFileSaver.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-save-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function start(into: string | undefined) {
  const asked: string[] = []
  const pdf = new TextEncoder().encode('%PDF-1.4')
  const files = createFileSaver({
    write: writeFileAtomically,
    desktop: {
      async askSavePath(suggestedName) {
        asked.push(suggestedName)
        return into && join(into, suggestedName)
      },
      async printToPdf() {
        return pdf
      },
    },
  })
  return { files, asked, pdf }
}

describe('saving a file', () => {
  it('writes where the user said, readable by its owner alone, and overwrites the bytes that it was given', async () => {
    const { files, asked } = start(folder)
    const content = new TextEncoder().encode('a keystore')
    expect(await files.saveFile({ suggestedName: 'key.json', content })).toEqual({ isSaved: true })
    expect(asked).toEqual(['key.json'])
    const path = join(folder, 'key.json')
    expect(await readFile(path, 'utf8')).toBe('a keystore')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(content.every((byte) => byte === 0)).toBe(true)
  })

  it('writes nothing where the user changed their mind, and overwrites the bytes all the same', async () => {
    const { files, pdf } = start(undefined)
    const content = new TextEncoder().encode('a keystore')
    expect(await files.saveFile({ suggestedName: 'a.json', content })).toEqual({ isSaved: false })
    expect(await files.savePdf({ suggestedName: 'a.pdf' })).toEqual({ isSaved: false })
    expect([...content, ...pdf].every((byte) => byte === 0)).toBe(true)
  })

  it('says so where the place cannot be written', async () => {
    const { files } = start(join(folder, 'missing'))
    await expect(
      files.saveFile({ suggestedName: 'a.json', content: new Uint8Array(1) }),
    ).rejects.toMatchObject({ code: 'file.writeFailed' })
  })

  it('prints before it asks where to: the question takes the focus, and what is covered then is not the code', async () => {
    const order: string[] = []
    const files = createFileSaver({
      write: writeFileAtomically,
      desktop: {
        async askSavePath() {
          order.push('asks')
          return undefined
        },
        async printToPdf() {
          order.push('prints')
          return new Uint8Array()
        },
      },
    })
    await files.savePdf({ suggestedName: 'kit.pdf' })
    expect(order).toEqual(['prints', 'asks'])
  })

  it('saves what is marked for paper', async () => {
    const { files } = start(folder)
    expect(await files.savePdf({ suggestedName: 'kit.pdf' })).toEqual({ isSaved: true })
    expect(await readFile(join(folder, 'kit.pdf'), 'utf8')).toBe('%PDF-1.4')
  })
})
