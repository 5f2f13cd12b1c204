import { NullHighlighter, type LoggerNamespace } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { migrations } from '../../migrations/index.js';
import { QUEUE_SCHEMA } from '../queue/job-queue.js';
import { entities } from './entities.js';

/** The ORM's options that both drivers share. */
export const ormOptions = {
  entities: [...entities],
  extensions: [Migrator],
  metadataCache: { enabled: false },
  /** Don't create a database if `DATABASE_URL` contains a wrong name. */
  ensureDatabase: false,
  /** Prevents the use of the global entity manager; every unit of work needs a fork. */
  allowGlobalContext: false,
  forceUtcTimezone: true,
  ignoreUndefinedInQuery: false,
  /** The job queue creates and maintains its own tables. */
  schemaGenerator: { ignoreSchema: [QUEUE_SCHEMA] },
  migrations: {
    tableName: 'migrations',
    migrationsList: [...migrations],
    pathTs: 'src/migrations',
    snapshot: false,
    /** `migrate.ts` opens the one transaction for all of them. */
    allOrNothing: true,
    disableForeignKeys: false,
    /** Creates the migrator's own table in that transaction; without this, it is created outside of it. */
    includeWildcardSchema: true,
    silent: true,
  },
};

/** Receives the text of each SQL statement; tests use it to count statements. */
export type StatementListener = (sql: string) => void;

/** Options that report each statement of the ORM to a listener. */
export const createListeningLogger = (listener: StatementListener) => ({
  debug: ['query'] as LoggerNamespace[],
  highlighter: new NullHighlighter(),
  colors: false,
  logger: (message: string) => listener(message),
});
