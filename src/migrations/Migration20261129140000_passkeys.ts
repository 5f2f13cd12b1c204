import { Migration } from '@mikro-orm/migrations';

/** Passkeys with their challenges and user handles. An account can have a second factor without an app. */
export class Migration20261129140000_passkeys extends Migration {
  override name = 'Migration20261129140000_passkeys';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "passkeys" ("id" uuid not null, "account_id" uuid not null, "credential_id" text not null, "public_key_ciphertext" text not null, "rp_id" text not null, "name" text not null, "aaguid" text not null, "transports" text[] not null, "counter" bigint not null, "backup_eligible" boolean not null, "backed_up" boolean not null, "signs_in" boolean not null, "created_at" timestamptz not null, "last_used_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "passkeys_account_id_index" on "passkeys" ("account_id");`);
    this.addSql(`alter table "passkeys" add constraint "passkeys_credential_id_unique" unique ("credential_id");`);
    this.addSql(
      `alter table "passkeys" add constraint "passkeys_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "passkeys" add constraint "passkeys_name_length" check (char_length(name) >= 1 and char_length(name) <= 64);`,
    );

    this.addSql(
      `create table "passkey_users" ("account_id" uuid not null, "handle" text not null, primary key ("account_id"));`,
    );
    this.addSql(`alter table "passkey_users" add constraint "passkey_users_handle_unique" unique ("handle");`);
    this.addSql(
      `alter table "passkey_users" add constraint "passkey_users_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on update cascade on delete cascade;`,
    );

    this.addSql(
      `create table "passkey_challenges" ("challenge_hash" text not null, "purpose" text not null, "account_id" uuid null, "auth_version" int null, "bound_to" text null, "created_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("challenge_hash"));`,
    );
    this.addSql(`create index "passkey_challenges_account_id_index" on "passkey_challenges" ("account_id");`);
    this.addSql(`create index "passkey_challenges_expires_at_index" on "passkey_challenges" ("expires_at");`);
    this.addSql(
      `alter table "passkey_challenges" add constraint "passkey_challenges_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "passkey_challenges" add constraint "passkey_challenges_purpose_check" check ("purpose" in ('REGISTER', 'SIGN_IN', 'SECOND_FACTOR', 'CONFIRM', 'RECOVER'));`,
    );

    this.addSql(
      `alter table "two_factors" alter column "secret_ciphertext" drop not null, alter column "last_step" drop not null, add "last_kind" text null;`,
    );
    this.addSql(
      `alter table "two_factors" add constraint "two_factors_last_kind_check" check ("last_kind" in ('TOTP', 'PASSKEY', 'BACKUP_CODE'));`,
    );
    this.addSql(
      `alter table "two_factors" add constraint "two_factors_app" check ((secret_ciphertext is null) = (last_step is null));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(
      `alter table "two_factors" drop constraint "two_factors_app", drop constraint "two_factors_last_kind_check", drop column "last_kind";`,
    );
    this.addSql(`delete from "two_factors" where "secret_ciphertext" is null;`);
    this.addSql(
      `alter table "two_factors" alter column "secret_ciphertext" set not null, alter column "last_step" set not null;`,
    );
    this.addSql(`drop table "passkeys";`);
    this.addSql(`drop table "passkey_users";`);
    this.addSql(`drop table "passkey_challenges";`);
  }
}
