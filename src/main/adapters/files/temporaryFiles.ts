import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'

const inUse = new Set<string>()

/**
 * Runs a task with the path of a temporary file that stands for a target, in the target's folder. The process id in its
 * name lets a later start tell a crashed writer's leftover from a file that is being written.
 */
export async function withTemporaryFile<T>(target: string, task: (path: string) => Promise<T>): Promise<T> {
  const name = `.${basename(target)}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`
  const path = join(dirname(target), name)
  inUse.add(path)
  try {
    return await task(path)
  } finally {
    inUse.delete(path)
  }
}

/** Whether this file in the target's folder is a temporary one of the target, or of its backup, that nobody writes. */
export function isLeftover(path: string, target: string): boolean {
  const name = basename(path)
  if (!name.startsWith(`.${basename(target)}.`) || inUse.has(path)) return false
  const match = /^\.(?:bak\.)?(\d+)\.[0-9a-f]{12}\.tmp$/.exec(name.slice(basename(target).length + 1))
  // One with this process's own id that is not in use is from an earlier process that had the same id.
  return match?.[1] !== undefined && (Number(match[1]) === process.pid || !isRunning(Number(match[1])))
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
