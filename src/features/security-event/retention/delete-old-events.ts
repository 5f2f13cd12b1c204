import { sql } from 'kysely';
import type { Config } from '../../../config/config.js';
import type { KeyRing } from '../../../crypto/key-ring.js';
import type { EntityManager } from '../../../database/connection/database.js';
import { toMonth } from '../../../database/partition/monthly-partitions.js';
import type { Logger } from '../../../telemetry/logger.js';
import { EventSealEntity } from '../event-seal.entity.js';
import { SYSLOG_STREAM } from '../syslog/stream-position.js';
import { verifySeal, verifySealedEvents, type Fault, type Seal } from '../verify-seal.js';
import { verifyStart } from '../verify-start.js';
import { moveAnchor, readAnchor } from './event-anchor.js';

/** An arbitrary number that nothing else in the database locks; it spells "keep". */
const RETENTION_LOCK = 0x6b656570;

/** Seals that one transaction deletes, with up to 1,000 events each. */
const SEALS_PER_BATCH = 5;

/** What deletes old events. */
export interface RetentionContext {
  readonly em: EntityManager;
  readonly keys: KeyRing;
  readonly now: Date;
  readonly config: Pick<Config, 'eventRetentionMonths' | 'syslog'>;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * Deletes events past their retention, with their seals, from the start of the chain. It keeps the newest seals,
 * what is not sealed, and what webhooks or syslog may still need. It stops at a sign of tampering: that is evidence.
 */
export async function deleteOldEvents(context: RetentionContext): Promise<void> {
  const { em, config, logger } = context;
  if (config.eventRetentionMonths === 0) return;
  let batch: Batch;
  do {
    batch = await em.transactional((transaction) => deleteBatch({ ...context, em: transaction }));
    if (batch.fault)
      logger.error({ fault: batch.fault }, 'old security events are kept, because of a sign of tampering');
  } while (batch.deleted === SEALS_PER_BATCH);
}

interface Batch {
  /** How many seals were deleted. */
  readonly deleted: number;
  readonly fault: Fault | null;
}

async function deleteBatch(context: RetentionContext): Promise<Batch> {
  const { em, keys } = context;
  const [lock] = await em.execute<{ locked: boolean }[]>(
    "select pg_try_advisory_xact_lock(?) as locked, set_config('postern.event_retention', 'on', true)",
    [RETENTION_LOCK],
  );
  if (!lock?.locked) return { deleted: 0, fault: null };
  const bounds = await findBounds(context);
  const oldest = await em.find(
    EventSealEntity,
    {},
    { orderBy: { number: 'asc' }, limit: SEALS_PER_BATCH, disableIdentityMap: true },
  );
  const end = oldest.findIndex(({ number, sealedAt }) => number > bounds.number || sealedAt >= bounds.sealedBefore);
  const old = end === -1 ? oldest : oldest.slice(0, end);
  const { intact, fault } = await takeIntact(em, keys, old);
  const last = intact.at(-1);
  if (!last) return { deleted: 0, fault };
  const { number, hash, sealedAt } = last;
  await moveAnchor(em, keys, { number, hash, sealedAt, events: last.eventIds.length });
  const ids = intact.flatMap(({ eventIds }) => eventIds);
  const kysely = em.getKysely();
  await sql`delete from event_seals where number <= ${number}`.execute(kysely);
  await sql`delete from security_events where id = any(${ids}::uuid[])`.execute(kysely);
  return { deleted: intact.length, fault };
}

/** What may be deleted: seals up to a number, made before a time. */
interface Bounds {
  readonly number: number;
  readonly sealedBefore: Date;
}

/**
 * The newest complete seal stays, since sealing continues from it. So does what syslog has not sent, and every event of
 * a listed delivery, which can be sent again.
 */
async function findBounds({ em, now, config }: RetentionContext): Promise<Bounds> {
  const [row] = await em.execute<{ complete: number | null; sent: number | null; delivered: Date | string | null }[]>(
    `select (select max(number) from event_seals where complete) as complete,
      (select seal - 1 from event_streams where name = ?) as sent,
      (select min(at) from webhook_deliveries) as delivered`,
    [SYSLOG_STREAM],
  );
  const lastSent = config.syslog ? (row?.sent ?? 0) : Infinity;
  const keptFrom = toMonth(now, -config.eventRetentionMonths);
  const delivered = row?.delivered ? new Date(row.delivered) : keptFrom;
  return {
    number: Math.min((row?.complete ?? 0) - 1, lastSent),
    sealedBefore: delivered < keptFrom ? delivered : keptFrom,
  };
}

/** The seals before the first fault. An anchor after a fault would hide it. */
async function takeIntact(
  em: EntityManager,
  keys: KeyRing,
  seals: readonly Seal[],
): Promise<{ readonly intact: readonly Seal[]; readonly fault: Fault | null }> {
  const anchor = await readAnchor(em);
  const [anchorFault] = anchor ? verifyStart(keys, anchor, null) : [];
  if (anchorFault) return { intact: [], fault: anchorFault };
  const intact: Seal[] = [];
  for (const seal of seals) {
    const faults = verifySeal(keys, seal, intact.at(-1) ?? anchor, null);
    const [fault] = faults.length > 0 ? faults : await verifySealedEvents(em, seal, new Map());
    if (fault) return { intact, fault };
    intact.push(seal);
  }
  return { intact, fault: null };
}
