import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'

/**
 * Removes the temporary files that crashed writers of this path left behind; those of living processes stay.
 * To be called before this process writes the path itself.
 */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path)
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  for (const name of names) {
    const writer = writerOf(name, basename(path))
    if (writer !== undefined && !isRunning(writer)) await rm(join(folder, name), { force: true })
  }
}

function writerOf(name: string, target: string): number | undefined {
  if (!name.startsWith(`.${target}.`)) return undefined
  const match = /^\.(?:bak\.)?(\d+)\.[0-9a-f]{12}\.tmp$/.exec(name.slice(target.length + 1))
  return match?.[1] === undefined ? undefined : Number(match[1])
}

function isRunning(processId: number): boolean {
  // A leftover with this process's own id is from an earlier process that had the same one.
  if (processId === process.pid) return false
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
