// What the command line of MikroORM works with: `npx mikro-orm migration:create`, `migration:check`.
import { loadConfig } from './src/config.js';
import { embeddedOptions } from './src/database/embedded.js';
import { postgresqlOptions } from './src/database/postgresql.js';

const { url } = loadConfig().database;

export default url ? postgresqlOptions(url) : embeddedOptions('memory://');
