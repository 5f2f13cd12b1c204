import type { Kysely, Selectable } from 'kysely';
import type { Config } from '../../config/config.js';
import type { EntityManager } from '../connection/database.js';
import type { Tables } from '../read/select.js';

/** Maximum number of rows that one statement deletes, so that it stays well below its timeout. */
const ROWS_PER_STATEMENT = 5_000;

/**
 * A regular cleanup: a table whose rows expire, or a function. Each feature defines its own; `server/sweeps.ts` lists
 * them.
 */
export type Sweep = { readonly name: string } & (ExpiringRows | SweepStep);

/** A sweep that does more than delete expired rows. */
export interface SweepStep {
  run(em: EntityManager, now: Date, settings: SweepSettings): Promise<void>;
}

export type SweepSettings = Pick<Config, 'usageRetentionMonths'>;

/** A table whose rows expire individually. */
export type ExpiringRows = {
  [Table in keyof Tables]: {
    readonly table: Table;
    /** The column of the primary key. */
    readonly key: keyof Tables[Table] & string;
    /** The column with the time of expiry; a row without one never expires. */
    readonly expiry: DateColumn<Selectable<Tables[Table]>>;
    /** How long rows are kept after they expired. */
    readonly retentionMs?: number;
  };
}[keyof Tables];

type DateColumn<Row> = { [Column in keyof Row & string]: Date extends Row[Column] ? Column : never }[keyof Row &
  string];

/** Untyped, since the statement works for any table. */
type AnyTables = Record<string, Record<string, unknown>>;

/**
 * Deletes expired rows page by page, oldest first. It skips rows that another transaction has locked, so that
 * concurrent instances don't wait for each other; the next sweep deletes the rest.
 */
export async function deleteExpired(em: EntityManager, rows: ExpiringRows, now: Date): Promise<void> {
  const { table, key, expiry, retentionMs = 0 } = rows;
  const cutoff = new Date(now.getTime() - retentionMs);
  const db: Kysely<AnyTables> = em.getKysely<AnyTables>();
  let deleted: bigint;
  do {
    ({ numDeletedRows: deleted } = await db
      .with('expired', (page) =>
        page
          .selectFrom(table)
          .select(`${key} as key`)
          .where(expiry, '<=', cutoff)
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
