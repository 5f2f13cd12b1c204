import { Migration } from '@mikro-orm/migrations';

export class Migration20261123230000_mail_email_and_recovery extends Migration {
  override name = 'Migration20261123230000_mail_email_and_recovery';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "email_changes" ("id" uuid not null, "account_id" uuid not null, "token_hash" text null, "former_email" text not null, "former_email_key" text not null, "new_email" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "email_changes_account_id_index" on "email_changes" ("account_id");`);
    this.addSql(`alter table "email_changes" add constraint "email_changes_token_hash_unique" unique ("token_hash");`);
    this.addSql(`create index "email_changes_former_email_key_index" on "email_changes" ("former_email_key");`);
    this.addSql(`create index "email_changes_expires_at_index" on "email_changes" ("expires_at");`);
    this.addSql(
      `create table "email_verifications" ("account_id" uuid not null, "id" uuid not null, "auth_version" int not null, "email" text not null, "email_key" text not null, "code_hash" text null, "attempts" int not null default 0, "created_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("account_id"));`,
    );
    this.addSql(`alter table "email_verifications" add constraint "email_verifications_id_unique" unique ("id");`);
    this.addSql(`create index "email_verifications_expires_at_index" on "email_verifications" ("expires_at");`);
    this.addSql(
      `create table "mail_deliveries" ("job_id" uuid not null, "uncertain" int not null, "updated_at" timestamptz not null, primary key ("job_id"));`,
    );
    this.addSql(
      `create table "password_resets" ("account_id" uuid not null, "token_hash" text not null, "auth_version" int not null, "email_key" text null, "attempts" int not null default 0, "created_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("account_id"));`,
    );
    this.addSql(
      `alter table "password_resets" add constraint "password_resets_token_hash_unique" unique ("token_hash");`,
    );
    this.addSql(`create index "password_resets_expires_at_index" on "password_resets" ("expires_at");`);
    this.addSql(
      `alter table "accounts" add "email" text null, add "email_key" text null, add "locale" text not null default 'EN';`,
    );
    this.addSql(`alter table "accounts" add constraint "accounts_email_key_unique" unique ("email_key");`);
    this.addSql(
      `alter table "accounts" add constraint "accounts_email_with_key" check ((email is null) = (email_key is null));`,
    );
    this.addSql(`alter table "accounts" add constraint "accounts_locale_check" check ("locale" in ('EN', 'ZH'));`);
    this.addSql(
      `alter table "email_changes" add constraint "email_changes_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "email_verifications" add constraint "email_verifications_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "password_resets" add constraint "password_resets_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on update cascade on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "email_changes" cascade;`);
    this.addSql(`drop table if exists "email_verifications" cascade;`);
    this.addSql(`drop table if exists "mail_deliveries" cascade;`);
    this.addSql(`drop table if exists "password_resets" cascade;`);
    this.addSql(
      `alter table "accounts" drop constraint "accounts_email_with_key", drop constraint "accounts_locale_check", drop constraint "accounts_email_key_unique";`,
    );
    this.addSql(`alter table "accounts" drop column "email", drop column "email_key", drop column "locale";`);
  }
}
