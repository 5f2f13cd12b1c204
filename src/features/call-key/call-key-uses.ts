import { sql } from 'kysely';
import { seconds } from '../../duration.js';
import type { BackgroundWork } from '../../rules/background-work.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';

/** How often last uses are written: one statement for all keys used since. */
const WRITE_INTERVAL_MS = seconds(5);

/**
 * Maximum number of keys kept in memory. At the limit they are written immediately, and uses of further keys are
 * dropped until then.
 */
const MAXIMUM_KEYS = 10_000;

/** Records when call keys were last used, without delaying responses. */
export interface CallKeyUses {
  /** Records a use; only the latest of each key is kept. */
  record(callKeyId: string, now: Date): void;
  /** Writes the recorded uses, and keeps them for the next write if it fails. */
  write(): Promise<void>;
  /** Writes the recorded uses a last time and stops. */
  stop(): Promise<void>;
}

/**
 * Creates a recorder that writes in the background.
 *
 * @param openUnitOfWork returns a unit of work to write with
 */
export function createCallKeyUses(openUnitOfWork: () => EntityManager, background: BackgroundWork): CallKeyUses {
  let recorded = new Map<string, Date>();

  const record = (callKeyId: string, at: Date): void => {
    const latest = recorded.get(callKeyId);
    if (latest ? latest < at : recorded.size < MAXIMUM_KEYS) recorded.set(callKeyId, at);
  };

  const write = async (): Promise<void> => {
    if (recorded.size === 0) return;
    const uses = recorded;
    recorded = new Map();
    try {
      await writeUses(openUnitOfWork(), uses);
    } catch (error) {
      for (const [callKeyId, at] of uses) record(callKeyId, at);
      throw error;
    }
  };

  const timer = setInterval(() => background.start(write()), WRITE_INTERVAL_MS).unref();
  return {
    record: (callKeyId, now) => {
      record(callKeyId, now);
      if (recorded.size === MAXIMUM_KEYS) background.start(write());
    },
    write,
    stop: () => {
      clearInterval(timer);
      return write();
    },
  };
}

/** One statement for all keys. It locks them in a fixed order, and never replaces a later use. */
async function writeUses(em: EntityManager, uses: ReadonlyMap<string, Date>): Promise<void> {
  const [ids, times] = [[...uses.keys()], [...uses.values()]];
  await em
    .getKysely<Tables>()
    .with('used', (db) =>
      db
        .selectFrom('call_keys')
        .innerJoin(
          sql<{ id: string; at: Date }>`unnest(${ids}::uuid[], ${times}::timestamptz[])`.as<'use'>(sql`use (id, at)`),
          'use.id',
          'call_keys.id',
        )
        .where(sql<boolean>`call_keys.last_used_at is null or call_keys.last_used_at < use.at`)
        .select(['call_keys.id', 'use.at'])
        .orderBy('call_keys.id')
        .forNoKeyUpdate('call_keys'),
    )
    .updateTable('call_keys')
    .from('used')
    .whereRef('call_keys.id', '=', 'used.id')
    .set(({ ref }) => ({ last_used_at: ref('used.at') }))
    .execute();
}
