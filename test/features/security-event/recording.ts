import { fork, type Database } from '../../../src/database/connection/database.js';
import { parseKeyRing } from '../../../src/crypto/key-ring.js';
import { newId } from '../../../src/database/connection/id.js';
import { disabledMailbox } from '../../../src/features/mail/mailbox.js';
import { recordEvent } from '../../../src/features/security-event/record-event.js';
import { sealEvents, type NewSeal } from '../../../src/features/security-event/seal-events.js';
import { query } from '../../support/database.js';
import { testSettings } from '../../support/postern.js';

/** The keys of tests. */
export const keys = parseKeyRing(testSettings.ENCRYPTION_KEYS);

/** Records a refused sign-in at a time. @returns its ID */
export async function recordAt(database: Database, now: Date, reason: string | null = null): Promise<string> {
  const caller = { ip: '203.0.113.9', userAgent: 'curl/8.5\u001b[31m ]"\\', requestId: newId(now) };
  await recordEvent(
    { em: fork(database), caller, now, keys, mail: disabledMailbox },
    { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId: null, reason },
  );
  const [row] = await query<{ id: string }>(database, 'select id from security_events where request_id = ?', [
    caller.requestId,
  ]);
  return row!.id;
}

/** Records events at a time and seals them. @returns the IDs and the seal */
export async function sealAt(
  database: Database,
  now: Date,
  events = 2,
): Promise<{ readonly ids: readonly string[]; readonly seal: NewSeal }> {
  const ids: string[] = [];
  for (let event = 0; event < events; event += 1) ids.push(await recordAt(database, now));
  const { seals } = await sealEvents(fork(database), keys, () => now);
  return { ids, seal: seals.at(-1)! };
}

/** Runs statements with the triggers disabled, as the owner of the tables can. */
export async function tamper(database: Database, ...statements: string[]): Promise<void> {
  for (const state of ['disable', 'enable']) {
    if (state === 'enable') for (const statement of statements) await query(database, statement);
    for (const table of ['security_events', 'event_seals'])
      await query(database, `alter table ${table} ${state} trigger all`);
  }
}

/** Deletes all events and seals. */
export const forgetEvents = (database: Database) =>
  tamper(database, 'truncate security_events, event_seals', 'delete from event_anchors', 'delete from event_streams');
