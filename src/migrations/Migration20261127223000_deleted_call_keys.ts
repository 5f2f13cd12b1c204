import { Migration } from '@mikro-orm/migrations';

export class Migration20261127223000_deleted_call_keys extends Migration {
  override name = 'Migration20261127223000_deleted_call_keys';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "deleted_call_keys" ("id" uuid not null, "account_id" uuid not null, "name" text not null, "deleted_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "deleted_call_keys_account_id_index" on "deleted_call_keys" ("account_id");`);
    this.addSql(`create index "deleted_call_keys_deleted_at_index" on "deleted_call_keys" ("deleted_at");`);
    this.addSql(
      `alter table "deleted_call_keys" add constraint "deleted_call_keys_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "deleted_call_keys";`);
  }
}
