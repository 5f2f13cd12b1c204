import { Migration } from '@mikro-orm/migrations';

/** Deletions that owners ask for, and the links to cancel them. */
export class Migration20261130000400_account_deletion extends Migration {
  override name = 'Migration20261130000400_account_deletion';

  override up(): void | Promise<void> {
    this.addSql(`alter table "accounts" add "deletion_requested_at" timestamptz null;`);
    this.addSql(
      `create table "account_deletion_links" ("id" uuid not null, "account_id" uuid not null, "token_hash" text null, "email" text not null, "requested_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "account_deletion_links_account_id_index" on "account_deletion_links" ("account_id");`);
    this.addSql(
      `alter table "account_deletion_links" add constraint "account_deletion_links_token_hash_unique" unique ("token_hash");`,
    );
    this.addSql(
      `alter table "account_deletion_links" add constraint "account_deletion_links_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "account_deletion_links";`);
    this.addSql(`alter table "accounts" drop column "deletion_requested_at";`);
  }
}
