#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fail, requireDependencies, root, runWithInstalledNode } from './installed-node.js';
import { startServer } from './start-server.js';

const [command = 'start', ...rest] = process.argv.slice(2);
const startsServer = command === 'start' && rest.length === 0;

requireDependencies();
if (!startsServer && !existsSync(`${root}dist/bundle/cli.js`)) fail('Postern is not built. Run npm run build first.');
await runWithInstalledNode(
  fileURLToPath(import.meta.url),
  startsServer ? startServer : () => import('../dist/bundle/cli.js'),
);
