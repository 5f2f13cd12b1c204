import { Migration } from '@mikro-orm/migrations';

export class Migration20261123224404_api_tokens extends Migration {
  override name = 'Migration20261123224404_api_tokens';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "api_tokens" ("account_id" uuid not null, "token_hash" text not null, "token_ciphertext" text null, "key_id" text not null, "hint" text not null, "created_at" timestamptz not null, "last_used_at" timestamptz null, "last_used_ip" text null, primary key ("account_id"));`,
    );
    this.addSql(`alter table "api_tokens" add constraint "api_tokens_token_hash_unique" unique ("token_hash");`);
    this.addSql(
      `alter table "api_tokens" add constraint "api_tokens_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on update cascade on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "api_tokens" cascade;`);
  }
}
