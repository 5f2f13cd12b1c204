import { Migration } from '@mikro-orm/migrations';

export class Migration20261123120000_accounts_and_sessions extends Migration {
  override name = 'Migration20261123120000_accounts_and_sessions';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "accounts" ("id" uuid not null, "username" text not null, "role" text not null, "status" text not null, "password_hash" text null, "auth_version" int not null default 1, "created_at" timestamptz not null, "password_changed_at" timestamptz null, "username_changed_at" timestamptz null, "last_login_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`alter table "accounts" add constraint "accounts_username_unique" unique ("username");`);

    this.addSql(
      `create table "attempts" ("bucket" text not null, "failures" int not null, "locked_until" timestamptz null, "forgotten_at" timestamptz null, primary key ("bucket"));`,
    );
    this.addSql(`create index "attempts_forgotten_at_index" on "attempts" ("forgotten_at");`);

    this.addSql(
      `create table "known_devices" ("id" uuid not null, "account_id" uuid not null, "token_hash" text not null, "auth_version" int not null, "created_at" timestamptz not null, "last_seen_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "known_devices_account_id_index" on "known_devices" ("account_id");`);
    this.addSql(`alter table "known_devices" add constraint "known_devices_token_hash_unique" unique ("token_hash");`);

    this.addSql(
      `create table "rate_limits" ("key" varchar(255) not null, "points" int not null, "expire" bigint null, primary key ("key"));`,
    );

    this.addSql(
      `create table "released_usernames" ("username" text not null, "account_id" uuid not null, "reserved_until" timestamptz not null, primary key ("username"));`,
    );
    this.addSql(`create index "released_usernames_reserved_until_index" on "released_usernames" ("reserved_until");`);

    this.addSql(
      `create table "second_factor_challenges" ("id" uuid not null, "account_id" uuid not null, "token_hash" text not null, "auth_version" int not null, "attempts" int not null default 0, "remember_me" boolean not null, "delivery" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "ip" text null, "user_agent" text null, primary key ("id"));`,
    );
    this.addSql(
      `create index "second_factor_challenges_account_id_index" on "second_factor_challenges" ("account_id");`,
    );
    this.addSql(
      `alter table "second_factor_challenges" add constraint "second_factor_challenges_token_hash_unique" unique ("token_hash");`,
    );

    this.addSql(
      `create table "security_events" ("id" uuid not null, "at" timestamptz not null, "type" text not null, "outcome" text not null, "account_id" uuid null, "actor_id" uuid null, "session_id" uuid null, "ip" text null, "user_agent" text null, "request_id" text not null, primary key ("id"));`,
    );
    this.addSql(`create index "security_events_account_id_id_index" on "security_events" ("account_id", "id");`);

    this.addSql(
      `create table "sessions" ("id" uuid not null, "account_id" uuid not null, "token_hash" text not null, "auth_version" int not null, "factors" text[] not null, "created_at" timestamptz not null, "last_seen_at" timestamptz not null, "stepped_up_at" timestamptz not null, "idle_seconds" int not null, "remembered" boolean not null, "expires_at" timestamptz not null, "ip" text null, "user_agent" text null, primary key ("id"));`,
    );
    this.addSql(`create index "sessions_account_id_index" on "sessions" ("account_id");`);
    this.addSql(`alter table "sessions" add constraint "sessions_token_hash_unique" unique ("token_hash");`);

    this.addSql(
      `create table "setup_tokens" ("id" uuid not null, "token_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "used_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`alter table "setup_tokens" add constraint "setup_tokens_token_hash_unique" unique ("token_hash");`);

    this.addSql(
      `create table "two_factors" ("account_id" uuid not null, "enabled_at" timestamptz not null, primary key ("account_id"));`,
    );

    this.addSql(
      `alter table "accounts" add constraint "accounts_role_check" check ("role" in ('USER', 'ADMIN', 'ROOT', 'SERVICE'));`,
    );
    this.addSql(
      `alter table "accounts" add constraint "accounts_status_check" check ("status" in ('ACTIVE', 'DISABLED', 'DELETED'));`,
    );

    this.addSql(
      `alter table "known_devices" add constraint "known_devices_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "second_factor_challenges" add constraint "second_factor_challenges_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "second_factor_challenges" add constraint "second_factor_challenges_delivery_check" check ("delivery" in ('COOKIE', 'BEARER'));`,
    );

    this.addSql(
      `alter table "security_events" add constraint "security_events_outcome_check" check ("outcome" in ('SUCCESS', 'REFUSED'));`,
    );

    this.addSql(
      `alter table "sessions" add constraint "sessions_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "two_factors" add constraint "two_factors_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on update cascade on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "known_devices" drop constraint "known_devices_account_id_foreign";`);
    this.addSql(
      `alter table "second_factor_challenges" drop constraint "second_factor_challenges_account_id_foreign";`,
    );
    this.addSql(`alter table "sessions" drop constraint "sessions_account_id_foreign";`);
    this.addSql(`alter table "two_factors" drop constraint "two_factors_account_id_foreign";`);

    this.addSql(`drop table if exists "accounts" cascade;`);
    this.addSql(`drop table if exists "attempts" cascade;`);
    this.addSql(`drop table if exists "known_devices" cascade;`);
    this.addSql(`drop table if exists "rate_limits" cascade;`);
    this.addSql(`drop table if exists "released_usernames" cascade;`);
    this.addSql(`drop table if exists "second_factor_challenges" cascade;`);
    this.addSql(`drop table if exists "security_events" cascade;`);
    this.addSql(`drop table if exists "sessions" cascade;`);
    this.addSql(`drop table if exists "setup_tokens" cascade;`);
    this.addSql(`drop table if exists "two_factors" cascade;`);
  }
}
