import fc from 'fast-check'
import { runs } from './thoroughness.ts'

// Of the properties that say no number of their own.
fc.configureGlobal({ numRuns: runs(100) })
