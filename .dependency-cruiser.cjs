/** Which folder may import what; see "Where things live" in ARCHITECTURE.md for the reasons. */
const pure = '^(node_modules/(viem|@noble|@scure|zod)/|(viem|@noble|@scure|zod)(/|$))'
const capability = '^src/main/capabilities/([^/]+)/'
/** Tests, and what only tests use. */
const tests = '\\.(test|bench)\\.tsx?$|/testing/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      // Types alone may refer to each other: nothing of that is left at run time.
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-imports-itself-and-zod',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: tests },
      to: { pathNot: ['^src/shared/', '^node_modules/zod/'] },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/main/capabilities/[^/]+/domain/', pathNot: tests },
      to: { pathNot: ['^src/shared/', '^src/main/capabilities/[^/]+/(domain/|index\\.ts$)', pure] },
    },
    {
      name: 'services-reach-outside-through-ports',
      severity: 'error',
      from: { path: '^src/main/capabilities/[^/]+/[^/]+\\.ts$', pathNot: tests },
      to: { pathNot: ['^src/shared/', '^src/main/capabilities/', '^node_modules/zod/'] },
    },
    {
      name: 'capabilities-meet-at-their-index',
      severity: 'error',
      from: { path: capability, pathNot: tests },
      to: { path: '^src/main/capabilities/', pathNot: ['^src/main/capabilities/$1/', '/index\\.ts$'] },
    },
    {
      name: 'capabilities-know-no-adapter',
      severity: 'error',
      from: { path: '^src/main/capabilities/', pathNot: tests },
      to: { path: '^src/main/(adapters|electron|ipc|signer|index\\.ts)' },
    },
    {
      name: 'adapters-know-ports-only',
      severity: 'error',
      from: { path: '^src/main/adapters/', pathNot: tests },
      to: {
        path: '^src/main/(electron|ipc|signer|index\\.ts)|^src/(renderer|preload)/|^node_modules/electron/',
      },
    },
    {
      name: 'signer-stands-alone',
      severity: 'error',
      from: { path: '^src/main/signer/', pathNot: tests },
      to: {
        path: '.*',
        pathNot: [
          '^src/main/signer/',
          '^src/main/adapters/files/',
          '^src/shared/',
          '^resources/clearSigning/',
          '^node_modules/(keytar|@github/keytar|@node-rs/argon2|@scure|@noble|slip39|zod)/',
          '^node_modules/viem/',
          '^(node:)?(crypto|fs|fs/promises|path|buffer|process|util)$',
        ],
      },
    },
    {
      name: 'signer-has-no-network',
      severity: 'error',
      from: { path: '^src/main/signer/', pathNot: tests },
      to: {
        path: [
          '^(node:)?(net|tls|http|https|http2|dgram|dns)$',
          '^node_modules/viem/_?(esm|types|cjs)?/?(clients|actions)/',
        ],
      },
    },
    {
      name: 'only-the-signer-sees-keys',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/signer/', tests] },
      to: {
        path: '^(node_modules/)?(keytar|@github/keytar|@node-rs/argon2|@scure/bip32|@scure/bip39|slip39)(/|$)',
      },
    },
    {
      // Strangers' code runs in a thread of its own, and what runs it is in no other bundle.
      name: 'only-the-simulation-has-a-machine',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/adapters/simulation/', tests] },
      to: { path: '^(node_modules/)?@ethereumjs/' },
    },
    {
      name: 'only-these-see-electron',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/(electron/|index\\.ts$)', '^src/preload/', tests] },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    {
      name: 'ipc-is-electron-free',
      severity: 'error',
      from: { path: '^src/main/ipc/', pathNot: tests },
      to: { pathNot: ['^src/shared/', '^src/main/ipc/', '^src/main/capabilities/[^/]+/index\\.ts$'] },
    },
    {
      name: 'preload-exposes-the-contract-only',
      severity: 'error',
      from: { path: '^src/preload/', pathNot: tests },
      to: { pathNot: ['^src/preload/', '^src/shared/', '^(node_modules/)?electron(/|$)'] },
    },
    {
      name: 'renderer-sees-shared-only',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: [tests, '^src/renderer/harness/'] },
      to: {
        path: [
          '^src/(main|preload)/',
          '^(node:)?(fs|net|http|https|child_process|path|crypto|os)$',
          '^src/renderer/harness/',
        ],
      },
    },
    {
      name: 'screens-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/renderer/screens/([^/]+)/', pathNot: tests },
      to: { path: '^src/renderer/screens/', pathNot: '^src/renderer/screens/$1/' },
    },
    {
      name: 'design-knows-no-screen-and-no-api',
      severity: 'error',
      from: { path: '^src/renderer/design/', pathNot: tests },
      to: { path: '^src/renderer/(api|app|screens)/' },
    },
    {
      name: 'the-app-ships-no-development-tool',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: '^(devnet|scripts|bench|e2e|electron-stand-in)/' },
    },
    {
      name: 'journeys-use-the-built-app-only',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^src/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
}
