import { Migration20261123120000_accounts_and_sessions } from './Migration20261123120000_accounts_and_sessions.js';
import { Migration20261123231000_two_factor } from './Migration20261123231000_two_factor.js';

/** All migrations, oldest first. */
export const migrations = [Migration20261123120000_accounts_and_sessions, Migration20261123231000_two_factor];
