import type { Page } from '@playwright/test'

/** Every text on the heap of a window's page after a collection of garbage, as a heap snapshot writes them. */
export async function readHeap(window: Page): Promise<string> {
  const session = await window.context().newCDPSession(window)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return chunks.join('')
}

/**
 * Which of these bytes are in any buffer or typed array that lives on the page's heap, whichever script made it; a heap snapshot holds
 * texts, not the content of buffers. Small arrays have no buffer of their own until somebody asks for it. The names are given back.
 */
export async function findInBuffers(
  window: Page,
  wanted: Readonly<Record<string, Uint8Array>>,
): Promise<readonly string[]> {
  const session = await window.context().newCDPSession(window)
  const contextIds: number[] = []
  session.on('Runtime.executionContextCreated', ({ context }) => contextIds.push(context.id))
  await session.send('Runtime.enable')
  await session.send('HeapProfiler.collectGarbage')
  const needles = Object.entries(wanted).map(([name, bytes]) => [name, [...bytes]] as const)
  const found = new Set<string>()
  const kinds = ['ArrayBuffer.prototype', 'Object.getPrototypeOf(Uint8Array.prototype)']
  for (const [contextId, expression] of contextIds.flatMap((id) =>
    kinds.map((kind) => [id, kind] as const),
  )) {
    const { result } = await session.send('Runtime.evaluate', { expression, contextId })
    if (result.objectId === undefined) continue
    const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId })
    if (objects.objectId === undefined) continue
    const answer = await session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration: searchBuffers.toString(),
      arguments: [{ value: needles }],
      returnByValue: true,
    })
    for (const name of answer.result.value as string[]) found.add(name)
  }
  await session.detach()
  return [...found]
}

/** Runs in the page. */
function searchBuffers(this: (ArrayBuffer | ArrayBufferView)[], needles: [string, number[]][]): string[] {
  return needles
    .filter(([, needle]) =>
      this.some((held) => {
        // A prototype is found with what was made of it, and holds nothing.
        if (!ArrayBuffer.isView(held) && !(held instanceof ArrayBuffer)) return false
        const bytes = ArrayBuffer.isView(held)
          ? new Uint8Array(held.buffer, held.byteOffset, held.byteLength)
          : new Uint8Array(held)
        let at = bytes.indexOf(needle[0] ?? 0)
        while (at >= 0) {
          if (needle.every((byte, index) => bytes[at + index] === byte)) return true
          at = bytes.indexOf(needle[0] ?? 0, at + 1)
        }
        return false
      }),
    )
    .map(([name]) => name)
}
