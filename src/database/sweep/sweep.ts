import type { Kysely, Selectable } from 'kysely';
import type { Config } from '../../config/config.js';
import type { EntityManager } from '../connection/database.js';
import type { Tables } from '../read/select.js';

/** How many rows one statement deletes, so that none comes near its time limit, however many expired at once. */
const ROWS_PER_STATEMENT = 5_000;

/**
 * What is swept from time to time: rows that expire, or a step of its own where deleting rows is not enough. Its
 * feature describes it; `server/sweeps.ts` lists all of them.
 */
export type Sweep = { readonly name: string } & (ExpiringRows | SweepStep);

/** A sweep that does more than delete expired rows. */
export interface SweepStep {
  run(em: EntityManager, now: Date, settings: SweepSettings): Promise<void>;
}

export type SweepSettings = Pick<Config, 'usageRetentionMonths'>;

/** A table whose rows expire, each at a time of its own. */
export type ExpiringRows = {
  [Table in keyof Tables]: {
    readonly table: Table;
    /** The column of the primary key. */
    readonly key: keyof Tables[Table] & string;
    /** The column of the time; a row without one never expires. */
    readonly expiry: TimesOf<Selectable<Tables[Table]>>;
    /** How long rows are kept after that time (in ms). */
    readonly retentionMs?: number;
  };
}[keyof Tables];

type TimesOf<Row> = { [Column in keyof Row & string]: Date extends Row[Column] ? Column : never }[keyof Row & string];

/** The tables differ; how they are swept does not. */
type AnyTables = Record<string, Record<string, unknown>>;

/**
 * Deletes expired rows page by page, the oldest first. It skips rows that another transaction holds: instances that
 * sweep at once don't wait for each other, and what is left has its turn in the next sweep.
 */
export async function deleteExpired(em: EntityManager, rows: ExpiringRows, now: Date): Promise<void> {
  const { table, key, expiry, retentionMs: retentionMs = 0 } = rows;
  const until = new Date(now.getTime() - retentionMs);
  const db: Kysely<AnyTables> = em.getKysely<AnyTables>();
  let deleted: bigint;
  do {
    ({ numDeletedRows: deleted } = await db
      .with('expired', (page) =>
        page
          .selectFrom(table)
          .select(`${key} as key`)
          .where(expiry, '<=', until)
          .orderBy(expiry)
          .limit(ROWS_PER_STATEMENT)
          .forUpdate()
          .skipLocked(),
      )
      .deleteFrom(table)
      .where(key, 'in', (page: Kysely<{ expired: { key: unknown } }>) => page.selectFrom('expired').select('key'))
      .executeTakeFirstOrThrow());
  } while (deleted === BigInt(ROWS_PER_STATEMENT));
}
