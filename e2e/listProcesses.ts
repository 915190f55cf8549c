import { readdir, readFile } from 'node:fs/promises'

export interface RunningProcess {
  readonly pid: number
  /** Its command line, arguments separated by spaces; empty for one that has ended meanwhile. */
  readonly command: string
}

/** A process and all that descend from it, as Linux tells them: the process itself first. */
export async function listProcesses(rootPid: number): Promise<RunningProcess[]> {
  const children = new Map<number, number[]>()
  for (const entry of await readdir('/proc')) {
    const status = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '') : ''
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? -1)
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)])
  }
  const found: RunningProcess[] = []
  const visit = async (pid: number): Promise<void> => {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    found.push({ pid, command: command.replaceAll('\0', ' ').trim() })
    for (const child of children.get(pid) ?? []) await visit(child)
  }
  await visit(rootPid)
  return found
}
