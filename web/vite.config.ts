import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** The server that `npm run dev` proxies requests to. */
const server = 'http://localhost:4000';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    license: { fileName: '.vite/license.json' },
    target: 'baseline-widely-available',
    // data: URLs would need a wider content security policy, and no supported browser needs the polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Libraries contain "use client", which is meaningless without server rendering.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  // Compressed at build time, not per request.
  plugins: [compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(?:js|css|svg)$/, threshold: 512 })],
  server: { proxy: { '/graphql': server, '/export': server, '/dev/mail': server } },
});
