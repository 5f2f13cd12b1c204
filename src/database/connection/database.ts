import type { ConstructorOptions } from 'pg-boss';
import type { EntityManager, MikroORM } from '@mikro-orm/sql';
import type { Reader } from '../read/select.js';
import type { StatementClient } from './statement-client.js';

export type { EntityManager };

/** A connection of the job queue's own, or the embedded database itself. */
export type QueueStore = Pick<
  ConstructorOptions,
  'backend' | 'db' | 'connectionString' | 'max' | 'application_name' | 'options' | 'connectionTimeoutMillis'
>;

/** An open database: the ORM for changes, the reader for hot reads. */
export interface Database {
  readonly kind: 'embedded' | 'postgresql';
  /** Where it is, in words that hold no password. */
  readonly location: string;
  readonly orm: MikroORM;
  readonly reader: Reader;
  /** For libraries that bring their own SQL. */
  readonly client: StatementClient;
  /** Where the job queue keeps its jobs, in the words of its library. */
  readonly queueStore: QueueStore;
  close(): Promise<void>;
}

/** Opens a unit of work of its own. */
export const fork = (database: Database): EntityManager => database.orm.em.fork();
