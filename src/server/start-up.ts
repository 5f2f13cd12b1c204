import { createApp, type App } from './app.js';
import { ensurePortsAreFree } from '../http/listen.js';
import { ConfigError, type Config } from '../config/config.js';
import { readSettingFile } from '../config/read-file.js';
import { ensureUpToDate } from '../database/migrate/ensure-up-to-date.js';
import { fork, type Database } from '../database/connection/database.js';
import { registerKeys } from '../encryption/key-canaries.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { encryptedColumns } from './encrypted-columns.js';
import { openDatabase } from '../database/connection/open-database.js';
import type { Logger } from '../telemetry/logger.js';
import { ensureRpId } from '../features/passkey/rp-id.js';
import { createRoot } from '../features/sign-up/create-root.js';
import { startWatchdog } from './watchdog.js';
import { hasRoot, issueSetupToken } from '../features/sign-up/setup-token.js';

/** A running Postern, and what to report about its start. */
export interface Started {
  readonly app: App;
  readonly database: Database;
  readonly address: string;
  readonly migrations: readonly string[];
  /** Shown once on standard output while there is no ROOT. */
  readonly setupToken: string | null;
  stop(): Promise<void>;
}

/**
 * Checks that the ports are free, opens the database, migrates it or verifies that it is up to date, verifies the
 * encryption keys and the RP ID of passkeys, creates the first ROOT or a setup token, and listens. If a step fails,
 * everything opened before is closed.
 */
export async function startUp(config: Config, logger: Logger): Promise<Started> {
  await ensurePortsAreFree(config);
  const database = await openDatabase(config.database);
  try {
    const migrations = await ensureUpToDate(database, config.database);
    await registerKeys(fork(database), openKeyRing(config, new Date()), encryptedColumns);
    await ensureRpId(fork(database), config.passkeys.rpId);
    const app = await createApp(config, database, logger);
    const setupToken = await prepareFirstRoot(app, config);
    const address = await app.listen();
    const stopWatchdog = database.kind === 'embedded' ? startWatchdog(logger) : () => undefined;
    const stop = () =>
      app
        .close()
        .finally(() => database.close())
        .finally(stopWatchdog);
    return { app, database, address, migrations, setupToken, stop };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function prepareFirstRoot({ dependencies }: App, config: Config): Promise<string | null> {
  const { database, passwords, keys, clock } = dependencies;
  const token = await issueSetupToken(fork(database), clock());
  if (token === null || !config.firstAdministrator) return token;
  const { username, passwordFile } = config.firstAdministrator;
  const errorMessage = await createRoot(
    { em: fork(database), passwords, keys, config, now: clock() },
    username,
    readPassword(passwordFile),
  );
  // If several instances start together, one of them creates the ROOT, and the others fail because it exists.
  if (errorMessage && !(await hasRoot(fork(database))))
    throw new ConfigError([`POSTERN_ADMIN_USERNAME or POSTERN_ADMIN_PASSWORD_FILE: ${errorMessage}`]);
  return null;
}

function readPassword(file: string): string {
  try {
    return readSettingFile('POSTERN_ADMIN_PASSWORD_FILE', file).replace(/\r?\n$/, '');
  } catch (error) {
    throw new ConfigError([(error as Error).message]);
  }
}
