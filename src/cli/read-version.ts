import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from '../config/installation.js';

/** The version of Postern, from its package.json. */
export const readVersion = (): string =>
  (JSON.parse(readFileSync(join(installation, 'package.json'), 'utf8')) as { version: string }).version;
