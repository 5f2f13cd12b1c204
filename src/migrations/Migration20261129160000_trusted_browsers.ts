import { Migration } from '@mikro-orm/migrations';

/** Browsers in which a user skips the second factor, and the sessions that they opened. */
export class Migration20261129160000_trusted_browsers extends Migration {
  override name = 'Migration20261129160000_trusted_browsers';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "trusted_browsers" ("id" uuid not null, "account_id" uuid not null, "token_hash" text not null, "auth_version" int not null, "created_at" timestamptz not null, "last_used_at" timestamptz not null, "expires_at" timestamptz not null, "ip" text null, "user_agent" text null, primary key ("id"));`,
    );
    this.addSql(`create index "trusted_browsers_account_id_index" on "trusted_browsers" ("account_id");`);
    this.addSql(
      `alter table "trusted_browsers" add constraint "trusted_browsers_token_hash_unique" unique ("token_hash");`,
    );
    this.addSql(`create index "trusted_browsers_expires_at_index" on "trusted_browsers" ("expires_at");`);
    this.addSql(
      `alter table "trusted_browsers" add constraint "trusted_browsers_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(`alter table "sessions" add "trusted_browser_id" uuid null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "sessions" drop column "trusted_browser_id";`);
    this.addSql(`drop table "trusted_browsers";`);
  }
}
