import type pg from 'pg';
import type { ConstructorOptions } from 'pg-boss';
import type { EntityManager, MikroORM } from '@mikro-orm/sql';
import type { Reader } from '../read/select.js';
import type { DiskSpace } from './disk-space.js';
import type { PoolState } from '../../telemetry/registry.js';
import type { DatabaseState } from './probe.js';
import type { StatementClient } from './statement-client.js';

export type { EntityManager };

/** A separate connection for the job queue, or the embedded database itself. */
export type QueueStore = Pick<
  ConstructorOptions,
  'backend' | 'db' | 'connectionString' | 'max' | 'application_name' | 'connectionTimeoutMillis'
> &
  Pick<pg.PoolConfig, 'maxLifetimeSeconds' | 'onConnect'>;

/** An open database: the ORM for changes, the reader for hot reads. */
export interface Database {
  readonly kind: 'embedded' | 'postgresql';
  /** Its directory, or its host, port and name. */
  readonly location: string;
  readonly orm: MikroORM;
  readonly reader: Reader;
  /** For libraries with their own SQL. */
  readonly client: StatementClient;
  /** Checks what the database can do, apart from other statements. */
  checkState(): Promise<DatabaseState>;
  /** Whether its connections keep sessions between transactions. */
  keepsSessions(): Promise<boolean>;
  /** Where the job queue stores its jobs, as options of its library. `statementMs: 0` sets no limit. */
  queueStore(limits?: { readonly statementMs?: number }): QueueStore;
  /** The room of the embedded database; a PostgreSQL server looks after its own. */
  readonly diskSpace?: DiskSpace;
  /** The connections for changes of this process. */
  poolState(): PoolState;
  close(): Promise<void>;
}

/** Opens a new unit of work. */
export const fork = (database: Database): EntityManager => database.orm.em.fork();
