import { setTimeout as sleep } from 'node:timers/promises';
import { fromGlobalId, toGlobalId } from '../../src/rules/global-id.js';
import { runCommand } from '../../test/support/server-process.js';
import { checkUser } from './check-user.ts';
import type { Crew } from './crew.ts';
import type { Ledger } from './ledger.ts';
import { LASTING_PATH, webhookTypes } from './prepare.ts';
import type { SoakUser } from './user.ts';
import type { Site } from './site.ts';

/** How long mails and messages may still be on their way (in ms): a message is tried again after 5 and 60 seconds. */
const ARRIVAL_MS = 150_000;
const CHECK_EVERY_MS = 500;
const CHECKERS = 6;

/** The events that are counted for each user, whether or not one is in the ledger: an act may take effect later. */
const countedTypes = [
  'PASSWORD_CHANGED',
  'PASSWORD_RESET',
  'USERNAME_CHANGED',
  'EMAIL_BOUND',
  'PASSKEY_ADDED',
  'PASSKEY_REMOVED',
  'CALL_KEY_CREATED',
  'CALL_KEY_ROTATED',
  'CALL_KEY_DELETED',
  'USER_STATUS_SET',
  'USER_ROLE_SET',
  'USER_DELETED',
  'USER_RESTORED',
] as const;

/** Compares everything with the ledger: users, events, mails, messages of webhooks, and what the commands say. */
export async function verifyEnd(site: Site, crew: Crew, ledger: Ledger): Promise<{ readonly messages: number }> {
  const world = crew.world('the check at the end');
  const rest = [...crew.users];
  const check = async () => {
    for (let user = rest.pop(); user; user = rest.pop()) await checkUser(world, user);
  };
  await Promise.all(Array.from({ length: CHECKERS }, check));
  await checkEvents(site, ledger, crew.users);
  const messages = await awaitArrivals(site, ledger);
  for (const argv of [['doctor'], ['events', 'verify']]) {
    const { code, stdout, stderr } = await runCommand(argv, site.commandSettings);
    if (code !== 0) ledger.found('WRONG', `postern ${argv.join(' ')} exited with ${code}: ${stdout}${stderr}`);
  }
  return { messages };
}

/** Each change that took effect wrote its event once. */
async function checkEvents(site: Site, ledger: Ledger, users: readonly SoakUser[]): Promise<void> {
  const { rows } = await site
    .primary()
    .run("select type, account_id, count(*)::int from security_events where outcome = 'SUCCESS' group by 1, 2");
  const counts = new Map(
    (rows as { type: string; account_id: string | null; count: number }[]).map((row) => [
      `${row.type} ${row.account_id}`,
      row.count,
    ]),
  );
  const keys = new Set(ledger.events.keys());
  for (const { id } of users) for (const type of countedTypes) keys.add(`${type} ${id}`);
  for (const key of keys) {
    const [type = '', userId = ''] = key.split(' ');
    const must = ledger.events.get(key) ?? 0;
    const is = counts.get(`${type} ${fromGlobalId('User', userId)}`) ?? 0;
    if (is === must) continue;
    const name = users.find(({ id }) => id === userId)?.username ?? userId;
    ledger.found(is < must ? 'LOST' : 'TWICE', `${is} events ${type} of ${name} instead of ${must}`);
  }
}

/** Waits for promised mails and messages, and for events of the lasting webhook. @returns the number of those events */
async function awaitArrivals(site: Site, ledger: Ledger): Promise<number> {
  const { rows } = await site
    .primary()
    .run(`select id, type from security_events where type in (${webhookTypes.map((type) => `'${type}'`).join()})`);
  const events = (rows as { id: string; type: string }[]).map(({ id, type }) => [
    toGlobalId('SecurityEvent', id),
    type,
  ]);
  const missing = () => {
    const received = new Set(
      site.receiver.messages.filter(({ path }) => path === LASTING_PATH).map(({ headers }) => headers['webhook-id']),
    );
    return events.filter(([id]) => !received.has(id));
  };
  const deadline = performance.now() + ARRIVAL_MS;
  while (missing().length + ledger.missing.length > 0 && performance.now() < deadline) await sleep(CHECK_EVERY_MS);
  for (const [id, type] of missing()) ledger.found('LOST', `the message of ${type} ${id} did not arrive`);
  for (const what of ledger.missing) ledger.found('LOST', `${what} did not arrive`);
  return events.length;
}
