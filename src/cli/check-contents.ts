import type { Config } from '../config/config.js';
import { fork, type Database } from '../database/connection/database.js';
import { findOnlineWork } from '../database/migrate/finish-online.js';
import { findMissingPartitions, toMonth } from '../database/partition/monthly-partitions.js';
import type { Tables } from '../database/read/select.js';
import { minutes } from '../duration.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { countPasskeys, ensureRpId } from '../features/passkey/rp-id.js';
import { verifyEvents } from '../features/security-event/verify-events.js';
import { hasRoot } from '../features/sign-up/setup-token.js';
import { checkKeys, checkSigningKeys } from './check-keys.js';
import { checkMails } from './check-mail.js';
import { fail, ok, runCheck, warn, type CheckName, type CheckResult } from './check-result.js';
import { describeFault } from './describe-fault.js';
import { pluralize } from './pluralize.js';

type Results = CheckResult | readonly CheckResult[];

/** How long the newest events may wait for their seal, at least. */
const SEAL_WARNING_MS = minutes(10);

/** Checks the contents of a database that is up to date. A check that throws failed; the others still run. */
export async function* checkContents(database: Database, config: Config, now: Date): AsyncGenerator<CheckResult> {
  const checks: readonly (readonly [CheckName, () => Promise<Results>])[] = [
    ['migrations', () => checkOnlineWork(database)],
    ['partitions', () => checkPartitions(database, now)],
    ['administrator', () => checkRoot(database)],
    ['two-factor', () => checkSecondFactors(database)],
    ['keys', () => checkKeys(database, config, now)],
    ...(config.identityAudiences.size > 0 ? [['signing', () => checkSigningKeys(database, config, now)] as const] : []),
    ['passkeys', () => checkPasskeys(database, config)],
    ['events', () => checkEvents(database, config, now)],
    ...(config.mail.isEnabled ? [['queue', () => checkMails(database, now)] as const] : []),
    ['webhooks', () => checkWebhooks(database)],
  ];
  for (const [name, check] of checks) {
    const results: Results = await runCheck(name, check);
    yield* 'name' in results ? [results] : results;
  }
}

async function checkOnlineWork(database: Database): Promise<CheckResult> {
  const { length } = await findOnlineWork(fork(database));
  return length === 0
    ? ok('migrations', 'all applied')
    : warn(
        'migrations',
        `all applied, but ${pluralize(length, 'step')} after them didn't finish. Run "postern migrate".`,
      );
}

async function checkPartitions(database: Database, now: Date): Promise<CheckResult> {
  const em = fork(database);
  const advice = 'Start a server, or run "postern migrate": both create them.';
  if ((await findMissingPartitions(em, toMonth(now))).length > 0)
    return fail('partitions', `Usage logs have no partition for this month, so no usage can be recorded. ${advice}`);
  return (await findMissingPartitions(em, toMonth(now, 1))).length > 0
    ? warn('partitions', `Usage logs have no partition for the next month. ${advice}`)
    : ok('partitions', 'usage logs have partitions for this month and the next');
}

async function checkRoot(database: Database): Promise<CheckResult> {
  return (await hasRoot(fork(database)))
    ? ok('administrator', 'a ROOT account exists')
    : fail(
        'administrator',
        'no ROOT account. Run "postern admin create", or restart the server and open its setup link.',
      );
}

async function checkSecondFactors(database: Database): Promise<CheckResult> {
  const roots = await fork(database)
    .getKysely<Tables>()
    .selectFrom('accounts')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where('role', '=', 'ROOT')
    .where('status', '=', 'ACTIVE')
    .where('two_factors.account_id', 'is', null)
    .select('username')
    .orderBy('username')
    .limit(10)
    .execute();
  return roots.length === 0
    ? ok('two-factor', 'every ROOT account has a second factor')
    : warn(
        'two-factor',
        `ROOT accounts without a second factor: ${roots.map(({ username }) => username).join(', ')}. Turn on two-factor authentication in their profiles.`,
      );
}

async function checkPasskeys(database: Database, { passkeys: { areOffered, rpId } }: Config): Promise<CheckResult> {
  const em = fork(database);
  await ensureRpId(em, rpId);
  const count = pluralize(await countPasskeys(em), 'passkey');
  return ok(
    'passkeys',
    areOffered
      ? `offered for the RP ID ${rpId}; ${count} stored`
      : `not offered: POSTERN_PASSKEYS is off, or POSTERN_PUBLIC_URL is not https; ${count} stored`,
  );
}

async function checkWebhooks(database: Database): Promise<CheckResult> {
  const kysely = fork(database).getKysely<Tables>();
  const failing = await kysely.selectFrom('webhooks').where('status', '=', 'FAILING').select('id').execute();
  return failing.length === 0
    ? ok('webhooks', 'no receiver was given up')
    : warn(
        'webhooks',
        `${pluralize(failing.length, 'webhook')} failed for too long and gets no events. Fix the receiver, then run "postern webhooks enable" with the ID from "postern webhooks list".`,
      );
}

async function checkEvents(database: Database, config: Config, now: Date): Promise<CheckResult> {
  const {
    faults: [fault],
    seals,
    sealedEvents,
    unsealedEvents,
  } = await verifyEvents(database, openKeyRing(config, now), null);
  if (fault) return fail('events', describeFault(fault));
  const message = `${pluralize(sealedEvents, 'sealed security event')} verified with ${pluralize(seals, 'seal')}`;
  if (unsealedEvents > 0 && (await isSealingLate(database, config, now)))
    return warn(
      'events',
      `${message}; ${unsealedEvents} not sealed yet, so deleting them can't be detected. Start a server, or run "postern events seal".`,
    );
  return ok('events', message);
}

/** Whether events of before the last seals should have been due are not sealed. */
async function isSealingLate(database: Database, { eventSealMs }: Config, now: Date): Promise<boolean> {
  const kysely = fork(database).getKysely<Tables>();
  const newest = await kysely
    .selectFrom('event_seals')
    .select('last_event_id as id')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const oldest = await kysely
    .selectFrom('security_events')
    .$if(newest !== undefined, (query) => query.where('id', '>', newest?.id ?? ''))
    .select('at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return oldest !== undefined && now.getTime() - oldest.at.getTime() > Math.max(SEAL_WARNING_MS, 2 * eventSealMs);
}
