import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';

const packageFile = findPackageJSON(import.meta.url);
if (!packageFile) throw new Error('The package.json of Postern is missing.');

/** The folder that Postern is installed in, whether its modules run one by one or bundled. */
export const installation = dirname(packageFile);
