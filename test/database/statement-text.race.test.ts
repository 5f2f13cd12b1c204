import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import { query } from '../support/database.js';
import { everyCommand } from '../support/every-command.js';
import { everyOtherAct } from '../support/every-other-act.js';
import { everySecret, type Journey } from '../support/every-secret.js';
import { eventually } from '../support/eventually.js';
import { startPosternWithMail } from '../support/postern-with-mail.js';
import type { TestPostern } from '../support/postern.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { recordStatementTexts, type StatementTexts } from '../support/statement-texts.js';
import { keepWrittenRows, writtenSecrets } from '../support/written-rows.js';

let race: RaceDatabase;
let texts: StatementTexts;
let postern: TestPostern;
let journey: Journey;
beforeAll(async () => {
  race = await openRaceDatabase();
  await keepWrittenRows(race);
  texts = await recordStatementTexts(race);
  const started = await startPosternWithMail({ LIMITS: 'on' }, (listener) => openPostgresql(race.url, listener));
  postern = started.postern;
  await everyOtherAct(postern, started.mail);
  journey = await everySecret(postern, started.mail);
  await everyCommand(postern);
});
afterAll(async () => {
  await postern.close();
  await texts.stop();
  await race.drop();
});

const shown = () => [...texts.log, ...texts.activity].join('\n');

/** Every column that stores a secret in some form. The test requires a value in each. */
const secretColumns = [
  'account_deletion_links.token_hash',
  'accounts.password_hash',
  'accounts.password_note_ciphertext',
  'api_tokens.token_ciphertext',
  'api_tokens.token_hash',
  'backup_codes.code_ciphertext',
  'call_keys.key_hash',
  'call_keys.old_key_hash',
  'email_changes.token_hash',
  'email_verifications.code_hash',
  'event_seals.hash',
  'event_seals.mac',
  'known_devices.token_hash',
  'password_resets.token_hash',
  'second_factor_challenges.token_hash',
  'security_events.mac',
  'sessions.token_hash',
  'setup_tokens.token_hash',
  'two_factor_enrolments.secret_ciphertext',
  'two_factors.secret_ciphertext',
];

test('shows no value of a secret column in the log or in pg_stat_activity (R-98)', async () => {
  const [secrets, text] = [await writtenSecrets(race), shown()];
  expect([...secrets.keys()].sort()).toEqual(secretColumns);
  for (const [column, values] of secrets)
    expect({ column, seen: [...values].filter((value) => text.includes(value)) }).toEqual({ column, seen: [] });
});

test('logs the statements that write secrets, without parameters', () => {
  const log = texts.log.join('\n');
  for (const table of new Set(secretColumns.map((column) => column.split('.')[0]!)))
    expect(log).toMatch(new RegExp(`insert into "${table}"`));
  expect(log).not.toMatch(/^parameters:/m);
});

test('shows no secret of a user in the log or in pg_stat_activity (R-98)', () => {
  const secrets = journey.secrets.filter(({ value }) => value.length >= 8);
  expect(secrets.length).toBeGreaterThan(20);
  expect(secrets.filter(({ value }) => shown().includes(value))).toEqual([]);
});

test('detects a value in the text of a statement, in the log and in pg_stat_activity', async () => {
  await query(postern.database, "select 'a canary', pg_sleep(0.5)");
  await eventually(() => [...texts.activity].join('\n').includes('a canary'), 'the statement in pg_stat_activity');
  expect(texts.log.join('\n')).toContain('a canary');
});
