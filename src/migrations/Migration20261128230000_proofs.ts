import { Migration } from '@mikro-orm/migrations';

/** Known networks, where a challenge comes from, reset links bound to the password, and encrypted backup codes. */
export class Migration20261128230000_proofs extends Migration {
  override name = 'Migration20261128230000_proofs';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "known_networks" ("id" uuid not null, "account_id" uuid not null, "network" text not null, "expires_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "known_networks" add constraint "known_networks_account_id_network_unique" unique ("account_id", "network");`,
    );
    this.addSql(`create index "known_networks_expires_at_index" on "known_networks" ("expires_at");`);
    this.addSql(
      `alter table "known_networks" add constraint "known_networks_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );

    // Challenges live for five minutes; those that are open count as from unknown devices.
    this.addSql(
      `alter table "second_factor_challenges" add "origin" text not null default 'UNKNOWN', add "network" text null;`,
    );
    this.addSql(`alter table "second_factor_challenges" alter column "origin" drop default;`);
    this.addSql(
      `alter table "second_factor_challenges" add constraint "second_factor_challenges_origin_check" check ("origin" in ('DEVICE', 'NETWORK', 'UNKNOWN'));`,
    );

    // Links that are valid stay valid, such as invitations of up to 72 hours.
    this.addSql(`alter table "password_resets" add "password_changed_at" timestamptz null;`);
    this.addSql(
      `delete from "password_resets" using "accounts" where "accounts"."id" = "account_id" and "accounts"."auth_version" <> "password_resets"."auth_version";`,
    );
    this.addSql(
      `update "password_resets" set "password_changed_at" = "accounts"."password_changed_at" from "accounts" where "accounts"."id" = "account_id";`,
    );
    this.addSql(`alter table "password_resets" drop column "auth_version";`);

    this.addSql(`alter table "backup_codes" add "code_ciphertext" text null, alter column "code_hash" drop not null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "known_networks";`);
    this.addSql(`alter table "second_factor_challenges" drop column "origin", drop column "network";`);
    this.addSql(`delete from "password_resets";`);
    this.addSql(`alter table "password_resets" drop column "password_changed_at", add "auth_version" int not null;`);
    this.addSql(`delete from "backup_codes" where "code_hash" is null;`);
    this.addSql(`alter table "backup_codes" drop column "code_ciphertext", alter column "code_hash" set not null;`);
  }
}
