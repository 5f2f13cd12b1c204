import type { Config } from '../../config/config.js';
import type { Database } from './database.js';
import { openEmbedded } from './embedded.js';
import { openPostgresql } from './postgresql.js';

/** Opens PostgreSQL if `DATABASE_URL` is set, otherwise the embedded database in `POSTERN_DATA_DIR`. */
export const openDatabase = (settings: Config['database']): Promise<Database> =>
  settings.url
    ? openPostgresql(settings.url, undefined, settings)
    : openEmbedded(settings.directory, undefined, settings.minFreeBytes);
