import { Migration } from '@mikro-orm/migrations';

/** The gate tokens of sessions, and the usernames that are never given to another account. */
export class Migration20261129193000_forward_auth extends Migration {
  override name = 'Migration20261129193000_forward_auth';

  override up(): void | Promise<void> {
    this.addSql(`alter table "sessions" add "gate_token_hash" text null;`);
    this.addSql(`alter table "sessions" add constraint "sessions_gate_token_hash_unique" unique ("gate_token_hash");`);
    this.addSql(
      `create table "retired_username_keys" ("id" uuid not null, "key_ciphertext" text not null, primary key ("id"));`,
    );
    this.addSql(
      `create table "retired_usernames" ("id" uuid not null, "username_hash" text not null, "account_id" uuid not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "retired_usernames" add constraint "retired_usernames_username_hash_account_id_unique" unique ("username_hash", "account_id");`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "retired_usernames";`);
    this.addSql(`drop table "retired_username_keys";`);
    this.addSql(`alter table "sessions" drop constraint "sessions_gate_token_hash_unique";`);
    this.addSql(`alter table "sessions" drop column "gate_token_hash";`);
  }
}
