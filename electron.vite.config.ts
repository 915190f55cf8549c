import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import type { Contract } from './src/shared/contract/route.ts'
import * as windowContracts from './src/shared/contract/windows.ts'

const root = import.meta.dirname

/**
 * Of the contracts a preload needs what the routes are called and of which kind they are. With their schemas, which the
 * serving side holds requests against, every window would first make thousands of objects that nobody asks.
 */
function nameRoutesOnly(): Plugin {
  const path = resolve(root, 'src/shared/contract/windows.ts')
  const outline = Object.entries<Contract>(windowContracts).map(([name, contract]) => {
    const capabilities = Object.entries(contract).map(([capability, routes]) => [
      capability,
      Object.fromEntries(Object.entries(routes).map(([route, { kind }]) => [route, { kind }])),
    ])
    return `export const ${name} = ${JSON.stringify(Object.fromEntries(capabilities))}`
  })
  return {
    name: 'minato:name-routes-only',
    load: (id) => (id === path ? { code: outline.join('\n'), moduleType: 'js' } : undefined),
  }
}

export default defineConfig({
  main: {
    build: {
      // Everything is bundled but the two native modules, so that the packaged app carries no dependency tree.
      externalizeDeps: false,
      rolldownOptions: {
        // The signer is not an entry here: `?modulePath` builds it on its own, so that it loads nothing that main loads.
        input: { index: resolve(root, 'src/main/index.ts') },
        external: ['electron', 'keytar', '@node-rs/argon2'],
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    plugins: [nameRoutesOnly()],
    build: {
      // A sandboxed preload can load neither ES modules nor a second file.
      isolatedEntries: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          main: resolve(root, 'src/preload/main.ts'),
          approval: resolve(root, 'src/preload/approval.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    build: {
      minify: true,
      // One window, loaded from disk: splitting what every screen needs would only add files.
      chunkSizeWarningLimit: 900,
      // Inlined fonts and pictures would need data: in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/renderer/index.html'),
          approval: resolve(root, 'src/renderer/approval.html'),
        },
      },
    },
  },
})
