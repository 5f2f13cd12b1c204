import { Writable } from 'node:stream';
import { createApp, type App } from '../../src/server/app.js';
import { loadConfig, type Config } from '../../src/config/config.js';
import type { Database } from '../../src/database/connection/database.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { Client } from './client.js';
import { TestClock } from './clock.js';
import { openTestDatabase } from './database.js';
import { RequestStatements } from './request-statements.js';
import { settingVariables } from './setting-variables.js';

/**
 * The settings of every test: a free port, the cheapest valid password hashing, and no limits by address, because all
 * callers of a test share one.
 */
export const testSettings = {
  NODE_ENV: 'test',
  PORT: '0',
  PUBLIC_URL: 'http://localhost:4000',
  ARGON2_MEMORY_KIB: '19456',
  ARGON2_ITERATIONS: '2',
  ARGON2_PARALLELISM: '1',
  LIMITS: 'off',
  EVENT_SEAL_SECONDS: '3600',
  ENCRYPTION_KEYS: 'test:KUZqLQ4PVJfD1ioZ0mGZG7kPFUI4bYqHfMn2uHEsUKQ=',
};

/** What production needs in a test: its limits are on, and mail is off unless the test sets a server. */
export const productionSettings = { LIMITS: 'on', MAIL: 'off' };

export interface TestPostern {
  readonly app: App;
  readonly database: Database;
  readonly clock: TestClock;
  readonly url: string;
  /** Everything that was logged, as JSON lines. */
  readonly log: string[];
  /** The SQL statements of requests. */
  readonly statements: RequestStatements;
  /** A client that has not signed in. */
  client(): Client;
  close(): Promise<void>;
}

/**
 * The minimum of Argon2id (RFC 9106, section 3.1), far below the allowed settings, because most tests hash and do not
 * test hashing.
 */
const cheapestHashing: Config['argon2'] = { memoryKib: 8, iterations: 1, parallelism: 1 };

/**
 * The configuration of a test. Production has limits on, because it refuses to start without them. Password hashing
 * costs almost nothing unless the test configures it.
 */
export function testConfig(settings: Record<string, string>): Config {
  const config = loadConfig(
    settingVariables({
      ...testSettings,
      ...(settings['NODE_ENV'] === 'production' ? productionSettings : {}),
      ...settings,
    }),
  );
  return Object.keys(settings).some((name) => name.startsWith('ARGON2_'))
    ? config
    : { ...config, argon2: cheapestHashing };
}

/** Starts a Postern in this process, over HTTP on a free port with a new database. */
export async function startPostern(
  settings: Record<string, string> = {},
  openDatabase: typeof openTestDatabase = openTestDatabase,
): Promise<TestPostern> {
  // The configuration comes before the database, so invalid settings leave none behind.
  const config = testConfig(settings);
  const log: string[] = [];
  const statements = new RequestStatements();
  const clock = new TestClock();
  const logger = createLogger(
    'trace',
    new Writable({
      write: (line: Buffer, _encoding, done) => {
        log.push(line.toString());
        done();
      },
    }),
  );
  const database = await openDatabase(statements.listen);
  const app = await createApp(config, database, logger, clock.read);
  app.server.addHook('onRequest', statements.onRequest);
  const url = await app.listen();
  return {
    app,
    database,
    clock,
    url,
    log,
    statements,
    client: () => new Client(url),
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}
