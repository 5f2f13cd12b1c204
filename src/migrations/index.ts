import { Migration20261123120000_accounts_and_sessions } from './Migration20261123120000_accounts_and_sessions.js';

/** All migrations, oldest first. */
export const migrations = [Migration20261123120000_accounts_and_sessions];
