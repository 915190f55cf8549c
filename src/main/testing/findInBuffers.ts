import { Session } from 'node:inspector/promises'

/** By name; the bytes are turned round (each XOR 0xff), so that the question itself is not found. */
export type TurnedBytes = Readonly<Record<string, readonly number[]>>

export const turn = (bytes: Uint8Array): readonly number[] => [...bytes].map((byte) => byte ^ 0xff)

/** Which of these bytes are in any buffer that lives in this process; a heap snapshot holds texts, not the content of buffers. */
export async function findInBuffers(wanted: TurnedBytes): Promise<readonly string[]> {
  const session = new Session()
  session.connect()
  try {
    const { result } = await session.post('Runtime.evaluate', { expression: 'ArrayBuffer.prototype' })
    const { objects } = await session.post('Runtime.queryObjects', {
      prototypeObjectId: result.objectId ?? '',
    })
    const answer = await session.post('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: search.toString(),
      arguments: [{ value: Object.entries(wanted) }],
      returnByValue: true,
    })
    return answer.result.value as string[]
  } finally {
    session.disconnect()
  }
}

function search(this: ArrayBuffer[], wanted: [string, number[]][]): string[] {
  return wanted
    .filter(([, turned]) =>
      this.some((buffer) => {
        const bytes = new Uint8Array(buffer)
        const first = (turned[0] ?? 0) ^ 0xff
        for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
          if (turned.every((byte, index) => bytes[at + index] === (byte ^ 0xff))) return true
        }
        return false
      }),
    )
    .map(([name]) => name)
}
