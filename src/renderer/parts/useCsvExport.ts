import { useState } from 'react'
import type { Result } from '../../shared/errors/Result.ts'
import { mainApi } from '../api/mainApi.ts'
import { useAction } from '../api/useAction.ts'

interface CsvFile {
  readonly suggestedName: string
  readonly content: Uint8Array<ArrayBuffer>
}

/** Makes a file, asks where to, and says whether it was saved. */
export function useCsvExport() {
  const [isSaved, setSaved] = useState(false)
  const { run, isPending, error } = useAction(
    async (make: () => Promise<Result<CsvFile>>): Promise<Result<{ isSaved: boolean }>> => {
      const file = await make()
      return file.ok ? mainApi().app.saveFile(file.value) : file
    },
  )
  return {
    isPending,
    isSaved,
    error,
    async run(make: () => Promise<Result<CsvFile>>) {
      setSaved(false)
      const result = await run(make)
      setSaved(result.ok && result.value.isSaved)
    },
  }
}
