// Bundles the built server and the command line into a few files: Node takes longer to find and link 2,500 modules than
// to run them.
import { build } from 'rolldown';
import { root } from './installed-node.js';

await build({
  cwd: root,
  input: {
    main: 'dist/main.js',
    cli: 'dist/cli.js',
    // A thread, which is found beside the file that starts it.
    'watchdog-thread': 'dist/server/watchdog-thread.js',
  },
  platform: 'node',
  // Native code, WebAssembly, what is served from its folder, and optional packages.
  external: [
    /^argon2$/,
    /^@node-rs\/bcrypt$/,
    /^@electric-sql\/pglite/,
    /^altair-static/,
    'pg-native',
    'class-validator',
  ],
  // Apollo would compute hashes in JavaScript, because it looks for Node's `require` where a bundle has none.
  transform: { define: { 'module.require': 'require' } },
  output: { dir: 'dist/bundle', cleanDir: true, format: 'esm', sourcemap: true },
  logLevel: 'warn',
});
