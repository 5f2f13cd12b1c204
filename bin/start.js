// What `npm start` runs. Plain old JavaScript, so that an outdated Node can still start the Node that was installed.
import { fileURLToPath } from 'node:url';
import { fail, requireDependencies, runWithInstalledNode } from './installed-node.js';
import { startServer } from './start-server.js';

if (process.argv.length > 2)
  fail(
    'The server takes no arguments. Its settings are environment variables (docs/settings.md); for commands, run npm run postern -- --help.',
  );
requireDependencies();
await runWithInstalledNode(fileURLToPath(import.meta.url), startServer);
