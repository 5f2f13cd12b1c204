import { describe, expect, test } from '@jest/globals';
import { Migration } from '@mikro-orm/migrations';
import { concurrentIndexes } from '../../src/migrations/concurrent-indexes.js';
import { migrations } from '../../src/migrations/index.js';
import { findOnlineFaults, type MigrationClass } from './online-migration-faults.js';

/** Those of before the first release: no database with many rows ever needed them. */
const beforeTheFirstRelease = [
  'Migration20261123120000_accounts_and_sessions',
  'Migration20261123224404_api_tokens',
  'Migration20261123230000_mail_email_and_recovery',
  'Migration20261123231000_two_factor',
  'Migration20261124110000_call_keys',
  'Migration20261124111500_administration',
  'Migration20261124113000_usage',
  'Migration20261124114000_event_seals',
  'Migration20261124115000_invitations',
  'Migration20261124150000_password_notes',
  'Migration20261127223000_deleted_call_keys',
  'Migration20261128230000_proofs',
  'Migration20261129030000_key_canaries',
  'Migration20261129130000_unknown_locale',
  'Migration20261129140000_passkeys',
  'Migration20261129160000_trusted_browsers',
  'Migration20261129170000_access_tokens',
  'Migration20261129180000_authentication_methods',
  'Migration20261129190000_identity_tokens',
  'Migration20261129193000_forward_auth',
  'Migration20261129200000_service_scopes',
];

/**
 * Faults that are accepted, with the reason, e.g. a column that no release since the last one uses:
 * `{ migration: 'Migration…', statement: 'alter table "sessions" drop column "colour"', reason: '…' }`.
 */
const accepted: readonly { readonly migration: string; readonly statement: string; readonly reason: string }[] = [];

const isAccepted = (migration: string, statement: string) =>
  accepted.some((fault) => fault.migration === migration && statement.startsWith(fault.statement));

const judged = migrations.filter(({ name }) => !beforeTheFirstRelease.includes(name));

test('no migration locks a large table, or takes away what the previous release uses', async () => {
  const faults = [];
  for (const migration of judged)
    for (const fault of await findOnlineFaults(migration))
      if (!isAccepted(migration.name, fault.statement)) faults.push({ migration: migration.name, ...fault });
  expect(faults).toEqual([]);
});

test('exempts only migrations that exist', () => {
  const names = migrations.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([...beforeTheFirstRelease, ...accepted.map(({ migration }) => migration)]),
  );
});

test('lists concurrent indexes by their name', () => {
  for (const { name, statement } of concurrentIndexes)
    expect(statement).toMatch(new RegExp(`^create (unique )?index concurrently "${name}" on "`));
});

/** A migration of the given statements. */
const migrationOf = (...statements: string[]): MigrationClass =>
  class extends Migration {
    override up(): void {
      statements.forEach((statement) => this.addSql(statement));
    }
  };

describe('a migration of existing tables', () => {
  test.each([
    ['creates an index', 'create index "i" on "sessions" ("idle_seconds");', /concurrent-indexes/],
    ['creates a unique index', 'create unique index i on accounts (lower(email))', /concurrent-indexes/],
    [
      'creates an index concurrently, in the transaction',
      'create index concurrently "i" on "sessions" ("id")',
      /concurrent/,
    ],
    ['adds a unique constraint', 'alter table "accounts" add constraint "c" unique ("email");', /unique index/],
    ['adds a check that is valid', `alter table "accounts" add constraint "c" check (a > 0);`, /not valid/],
    [
      'adds a foreign key that is valid',
      'alter table "sessions" add constraint "f" foreign key ("a") references "accounts" ("id") on delete cascade',
      /not valid/,
    ],
    ['validates a constraint', 'alter table "accounts" validate constraint "c"', /Leave it out/],
    [
      'adds a column with a random default',
      'alter table "accounts" add "x" uuid not null default gen_random_uuid();',
      /rewrites/,
    ],
    [
      'adds a column with the time of each row as default',
      'alter table accounts add column x timestamptz default clock_timestamp()',
      /rewrites/,
    ],
    ['adds a serial column', 'alter table "accounts" add "x" bigserial', /every row/],
    [
      'adds a generated column',
      'alter table "accounts" add "x" text generated always as (lower(email)) stored',
      /every row/,
    ],
    ['adds a column with a check', 'alter table "accounts" add "x" int null check (x > 0)', /every row/],
    ['adds a column with a reference', 'alter table "sessions" add "x" uuid references "accounts" ("id")', /every row/],
    [
      'adds a column that must not be null',
      'alter table "accounts" add "a" text null, add "b" text not null',
      /has rows/,
    ],
    ['changes a type', 'alter table "usage_logs" alter column "quota" type numeric', /rewrites/],
    ['changes a type in the long form', 'alter table usage_logs alter quota set data type numeric', /rewrites/],
    ['forbids null', 'alter table "accounts" alter column "locale" set not null', /under a lock/],
    [
      'drops the default of a column that the previous release does not fill',
      `alter table "sessions" add "a" int not null default 0, add "b" text[] not null default '{}'; alter table "sessions" alter column "b" drop default`,
      /without this column/,
    ],
    ['updates rows', `update "accounts" set "locale" = 'EN'`, /pages/],
    ['deletes rows', 'delete from "sessions" using "accounts" where true', /pages/],
    ['inserts rows', 'insert into "backup_codes" select * from "accounts"', /pages/],
    ['drops a column', 'alter table "accounts" drop column "locale"', /previous release/],
    ['drops a column in the short form', 'alter table accounts drop locale', /previous release/],
    ['renames a column', 'alter table "accounts" rename column "locale" to "language"', /previous release/],
    ['renames a table', 'alter table "accounts" rename to "users"', /previous release/],
    ['drops a table', 'drop table "attempts"', /previous release/],
    ['does what the check does not know', 'cluster "accounts"', /does not know/],
    ['alters a table in an unknown way', 'alter table "accounts" set logged', /does not know/],
    [
      'hides a statement behind another',
      'create table "t" ("a" int); create index "i" on "accounts" ("id");',
      /concurrent/,
    ],
    ['hides a statement behind a comment', '-- a note\ncreate index "i" on "accounts" ("id")', /concurrent/],
  ])('is refused when it %s', async (_, statement, advice) => {
    const faults = await findOnlineFaults(migrationOf(statement));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.advice).toMatch(advice);
  });

  test.each([
    ['adds columns that can be null', 'alter table "accounts" add "a" text null, add "b" timestamptz null;'],
    [
      'adds columns with a constant',
      `alter table "accounts" add "a" int[] not null default '{80,100}', add b int default 0`,
    ],
    [
      'adds a column with the time of the migration',
      'alter table "accounts" add "a" timestamptz not null default now()',
    ],
    [
      'adds a constraint that is not valid yet',
      `alter table "accounts" add constraint "c" check ("a" in ('x, y', 'z;')) not valid;`,
    ],
    ['allows null', 'alter table "accounts" alter column "locale" drop default, alter column "locale" drop not null'],
    ['drops a constraint', 'alter table "accounts" drop constraint "c"'],
    ['drops an index', 'drop index "i"'],
    [
      'changes a table that stays small',
      `update "signing_keys" set "ends_at" = null; create index "i" on "setup_tokens" ("id")`,
    ],
    [
      'fills a table that it creates',
      'create table "t" ("a" int not null); create index "i" on "t" ("a"); alter table "t" add constraint "u" unique ("a"); insert into "t" select 1 from "accounts"',
    ],
    [
      'creates a function and its trigger',
      'create function "f"() returns trigger as $$ begin delete from accounts; return new; end; $$ language plpgsql; create trigger "t" before update on "accounts" for each row execute function "f"()',
    ],
  ])('passes when it %s', async (_, statement) => {
    expect(await findOnlineFaults(migrationOf(statement))).toEqual([]);
  });

  test('is refused when it runs statements that it does not list', async () => {
    class Hidden extends Migration {
      override async up(): Promise<void> {
        await this.execute('create index "i" on "accounts" ("id")');
      }
    }
    expect(await findOnlineFaults(Hidden)).toEqual([{ statement: 'Hidden', advice: expect.stringMatching(/addSql/) }]);
  });

  test('is refused when it is one of those that are exempt', async () => {
    const [, , , , , administration] = migrations;
    expect(administration && (await findOnlineFaults(administration))).not.toEqual([]);
  });
});
