import { sql } from 'kysely';
import { seconds } from '../../duration.js';
import type { BackgroundWork } from '../../rules/background-work.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';

/** How long a use may wait to be written (in ms): one statement for all keys that were used meanwhile. */
const WRITE_INTERVAL_MS = seconds(5);

/**
 * So many keys are kept in memory at the most; more of them are written at once, and further ones are left out until
 * that is done.
 */
const MAXIMUM_KEYS = 10_000;

/** Takes notes of when call keys were used, away from the path of an answer. */
export interface CallKeyUses {
  /** Notes a use; of several of one key the latest counts. */
  record(callKeyId: string, now: Date): void;
  /** Writes what was noted, and takes it back to be written later where that fails. */
  write(): Promise<void>;
  /** Writes what was noted, for the last time. */
  stop(): Promise<void>;
}

/** Nothing noted yet; `open` gives a unit of work to write in. */
export function createCallKeyUses(open: () => EntityManager, background: BackgroundWork): CallKeyUses {
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
      await writeUses(open(), uses);
    } catch (error) {
      for (const [callKeyId, at] of uses) record(callKeyId, at);
      throw error;
    }
  };

  const writing = setInterval(() => background.start(write()), WRITE_INTERVAL_MS).unref();
  return {
    record: (callKeyId, now) => {
      record(callKeyId, now);
      if (recorded.size === MAXIMUM_KEYS) background.start(write());
    },
    write,
    stop: () => {
      clearInterval(writing);
      return write();
    },
  };
}

/** One statement for all, which locks the keys in one order and never moves a last use back in time. */
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
