// Configuration of MikroORM's command line: `npx mikro-orm migration:create`, `migration:check`.
import { loadConfig } from './src/config/config.js';
import { embeddedOptions } from './src/database/connection/embedded.js';
import { postgresqlOptions } from './src/database/connection/postgresql.js';

const { url } = loadConfig().database;

export default url ? postgresqlOptions(url) : embeddedOptions('memory://');
