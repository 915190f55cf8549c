import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Serves the renderer with the harness instead of the app behind it, to look at every screen in a browser. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { host: '127.0.0.1', strictPort: false, fs: { allow: ['../../..'] } },
  build: { target: 'esnext' },
})
