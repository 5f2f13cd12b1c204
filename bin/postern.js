#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fail, requireDependencies, root, runWithInstalledNode } from './installed-node.js';

requireDependencies();
if (!existsSync(`${root}dist/cli.js`)) fail('Postern is not built. Run npm run build first.');
await runWithInstalledNode(fileURLToPath(import.meta.url), () => import('../dist/cli.js'));
