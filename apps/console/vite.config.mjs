import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { serviceWorker } from './service-worker.mjs';

/** With `npx vite apps/console`, what the page asks for comes from a system that runs (`npm start`). */
const SYSTEM = process.env.SYSTEM ?? 'http://localhost:3000';
const proxied = ['/api', '/auth', '/oidc', '/.well-known', '/health', '/status'];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), serviceWorker()],
  resolve: { conditions: ['@lacollecte/source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    // No data: addresses: the page's Content-Security-Policy allows none for scripts, styles and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The PDF of labels is 566 kB, loaded when one prints; what a first visit loads has a test of its own.
    chunkSizeWarningLimit: 600,
    emptyOutDir: true,
    manifest: true,
    rolldownOptions: {
      // What many pages share is one file: two hundred small ones compress worse, by 20 kB of a page's 250.
      output: { codeSplitting: { groups: [{ name: 'shared', test: /node_modules|\/src\/(parts|api|session|shell)\//, minShareCount: 12 }] } },
      // The contracts are declarations: what of them a page does not name is left out, with the schemas it would be checked by.
      treeshake: { moduleSideEffects: [{ test: /\/libs\/contracts\//, sideEffects: false }], manualPureFunctions: ['z'] },
    },
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, SYSTEM])) },
});
