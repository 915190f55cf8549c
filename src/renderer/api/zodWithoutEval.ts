import { config } from 'zod'

// Zod compiles object parsers with `new Function`. The Content-Security-Policy forbids that, and even the caught
// probe is reported as a violation. Entry scripts import this module before anything that declares a schema.
config({ jitless: true })
