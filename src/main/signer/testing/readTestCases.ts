import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'

/** Reads one of the vector files of `@ethersproject/testcases`. The caller says what is in it. */
export function readTestCases(name: string): unknown {
  const path = createRequire(import.meta.url).resolve(`@ethersproject/testcases/testcases/${name}.json.gz`)
  return JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'))
}
