import { registerHooks } from 'node:module'

const ELECTRON_SPECIFIERS = new Set(['electron', 'electron/main', 'electron/common'])

/** Makes `import` and `require` of `electron` give the module at `url`, in place of the npm package's path string. */
export function registerElectronModule(url: string): void {
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      ELECTRON_SPECIFIERS.has(specifier) ? { url, shortCircuit: true } : nextResolve(specifier, context),
  })
}
