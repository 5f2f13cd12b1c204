import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** The server that `npm run dev` hands requests on to. */
const server = 'http://localhost:4000';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    // A data: address would need a wider content security policy; the polyfill would be a script for browsers that are
    // long gone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // "use client" of a library means nothing where nothing is drawn on a server.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  // Compressed once, here, and never in a request.
  plugins: [compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(?:js|css|svg)$/, threshold: 512 })],
  server: { proxy: { '/graphql': server, '/dev/mail': server } },
});
