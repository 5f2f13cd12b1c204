// Builds Postern after `npm ci`. Without the development dependencies (`npm ci --omit=dev`) there is no compiler: then
// it keeps the build that is there, or says how to get one.
import { build, canBuild, isBuilt } from './build-tools.js';

if (canBuild()) build();
else if (!isBuilt())
  process.stderr.write(
    'Postern was not built: npm ci --omit=dev installs no compiler. Run npm ci, then npm prune --omit=dev to remove it again.\n',
  );
