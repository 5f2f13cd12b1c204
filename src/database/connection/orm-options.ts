import { NullHighlighter, type LoggerNamespace } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { migrations } from '../../migrations/index.js';
import { QUEUE_SCHEMA } from '../queue/job-queue.js';
import { entities } from './entities.js';

/** How the database is used, whichever driver reaches it. */
export const ormOptions = {
  entities: [...entities],
  extensions: [Migrator],
  metadataCache: { enabled: false },
  /** A mistyped name in `DATABASE_URL` is a fault to be told, not a database to be made. */
  ensureDatabase: false,
  /** Every unit of work asks for a fork of its own; the shared one is never used by mistake. */
  allowGlobalContext: false,
  forceUtcTimezone: true,
  ignoreUndefinedInQuery: false,
  /** The job queue makes and looks after its own tables. */
  schemaGenerator: { ignoreSchema: [QUEUE_SCHEMA] },
  migrations: {
    tableName: 'migrations',
    migrationsList: [...migrations],
    pathTs: 'src/migrations',
    snapshot: false,
    /** `migrate.ts` opens the one transaction that all of them share. */
    allOrNothing: true,
    disableForeignKeys: false,
    /** Leaves the making of the migrator's own table to that transaction; without it, it is made beside it. */
    includeWildcardSchema: true,
    silent: true,
  },
};

/** Told the text of each SQL statement; tests count with it. */
export type StatementListener = (sql: string) => void;

/** Lets a listener hear what the ORM executes. */
export const listeningLogger = (listener: StatementListener) => ({
  debug: ['query'] as LoggerNamespace[],
  highlighter: new NullHighlighter(),
  colors: false,
  logger: (message: string) => listener(message),
});
