import { Migration } from '@mikro-orm/migrations';

export class Migration20261124110000_call_keys extends Migration {
  override name = 'Migration20261124110000_call_keys';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "call_keys" ("id" uuid not null, "account_id" uuid not null, "name" text not null, "key_hash" text not null, "hint" text not null, "old_key_hash" text null, "old_key_valid_until" timestamptz null, "disabled" boolean not null default false, "expires_at" timestamptz null, "models" text[] not null, "allowed_ips" text[] not null, "quota_left" bigint null, "quota_used" bigint not null default '0', "created_at" timestamptz not null, "last_used_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`alter table "call_keys" add constraint "call_keys_key_hash_unique" unique ("key_hash");`);
    this.addSql(`alter table "call_keys" add constraint "call_keys_old_key_hash_unique" unique ("old_key_hash");`);
    this.addSql(`create index "call_keys_account_id_id_index" on "call_keys" ("account_id", "id");`);

    this.addSql(
      `alter table "call_keys" add constraint "call_keys_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "call_keys" add constraint "call_keys_name_length" check (char_length(name) >= 1 and char_length(name) <= 64);`,
    );
    this.addSql(
      `alter table "call_keys" add constraint "call_keys_old_key_with_end" check ((old_key_hash is null) = (old_key_valid_until is null));`,
    );
    this.addSql(
      `alter table "call_keys" add constraint "call_keys_old_key_is_another" check (old_key_hash <> key_hash);`,
    );
    this.addSql(
      `alter table "call_keys" add constraint "call_keys_quota_not_negative" check (quota_left >= 0 and quota_used >= 0);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "call_keys" cascade;`);
  }
}
