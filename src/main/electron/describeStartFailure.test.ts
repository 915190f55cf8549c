import { describe, expect, it } from 'vitest'
import { languages } from '../../shared/contract/settings.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import { describeStartFailure, isSetAside } from './describeStartFailure.ts'

const folder = '/home/hana/.config/Minato'
const keptAs = `${folder}/minato.sqlite.damaged-42`
const failures = {
  damaged: new AppError('storage.damaged', { keptAs }),
  newer: new AppError('storage.damaged', { reason: 'newerVersion', version: 99 }),
  full: new AppError('storage.writeFailed', {}),
  bug: new Error('a secret that the message must not repeat'),
}

describe.each(languages)('a failure to start in %s', (language) => {
  const describeIt = (thrown: unknown) => describeStartFailure(thrown, language, folder)

  it('names the place where the damaged record was kept', () => {
    expect(describeIt(failures.damaged)).toContain(keptAs)
  })

  it('says something of its own for each, and where the data is', () => {
    expect(new Set(Object.values(failures).map(describeIt)).size).toBe(4)
    expect(describeIt(failures.full)).toContain(folder)
    expect(describeIt(failures.bug)).toContain(folder)
  })

  it('repeats no message of an error that nobody foresaw', () => {
    expect(describeIt(failures.bug)).not.toContain('secret')
  })
})

it('goes on only where the damaged record is out of the way', () => {
  expect(Object.values(failures).map(isSetAside)).toEqual([true, false, false, false])
})
