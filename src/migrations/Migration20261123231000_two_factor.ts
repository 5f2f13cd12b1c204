import { Migration } from '@mikro-orm/migrations';

export class Migration20261123231000_two_factor extends Migration {
  override name = 'Migration20261123231000_two_factor';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "backup_codes" ("id" uuid not null, "account_id" uuid not null, "selector" text not null, "code_hash" text not null, "created_at" timestamptz not null, "used_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "backup_codes" add constraint "backup_codes_account_id_selector_unique" unique ("account_id", "selector");`,
    );

    this.addSql(
      `create table "two_factor_enrolments" ("account_id" uuid not null, "id" uuid not null, "session_id" uuid not null, "auth_version" int not null, "secret_ciphertext" text not null, "attempts" int not null default 0, "created_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("account_id"));`,
    );
    this.addSql(`create index "two_factor_enrolments_session_id_index" on "two_factor_enrolments" ("session_id");`);

    this.addSql(`alter table "two_factors" add "secret_ciphertext" text not null, add "last_step" int not null;`);

    this.addSql(
      `alter table "backup_codes" add constraint "backup_codes_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "two_factor_enrolments" add constraint "two_factor_enrolments_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "two_factor_enrolments" add constraint "two_factor_enrolments_session_id_foreign" foreign key ("session_id") references "sessions" ("id") on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "backup_codes" cascade;`);
    this.addSql(`drop table if exists "two_factor_enrolments" cascade;`);

    this.addSql(`alter table "two_factors" drop column "secret_ciphertext", drop column "last_step";`);
  }
}
