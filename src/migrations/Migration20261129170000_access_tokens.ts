import { Migration } from '@mikro-orm/migrations';

/** Access tokens with scopes, and the access token of each event. */
export class Migration20261129170000_access_tokens extends Migration {
  override name = 'Migration20261129170000_access_tokens';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "access_tokens" ("id" uuid not null, "account_id" uuid not null, "name" text not null, "token_hash" text not null, "hint" text not null, "old_token_hash" text null, "old_token_valid_until" timestamptz null, "scopes" text[] not null, "allowed_ips" text[] not null, "created_at" timestamptz not null, "lifetime_seconds" int not null, "expires_at" timestamptz not null, "revoked_at" timestamptz null, "end_reminded_at" timestamptz null, "last_used_at" timestamptz null, "last_used_ip" text null, primary key ("id"));`,
    );
    this.addSql(`alter table "access_tokens" add constraint "access_tokens_token_hash_unique" unique ("token_hash");`);
    this.addSql(
      `alter table "access_tokens" add constraint "access_tokens_old_token_hash_unique" unique ("old_token_hash");`,
    );
    this.addSql(`create index "access_tokens_account_id_id_index" on "access_tokens" ("account_id", "id");`);
    this.addSql(`alter table "security_events" add "access_token_id" uuid null;`);
    this.addSql(
      `create index "security_events_access_token_id_id_index" on "security_events" ("access_token_id", "id") where access_token_id is not null;`,
    );
    this.addSql(
      `alter table "access_tokens" add constraint "access_tokens_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "access_tokens" add constraint "access_tokens_name_length" check (char_length(name) >= 1 and char_length(name) <= 64);`,
    );
    this.addSql(
      `alter table "access_tokens" add constraint "access_tokens_old_token_with_end" check ((old_token_hash is null) = (old_token_valid_until is null));`,
    );
    this.addSql(
      `alter table "access_tokens" add constraint "access_tokens_old_token_is_another" check (old_token_hash <> token_hash);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "security_events" drop column "access_token_id";`);
    this.addSql(`drop table "access_tokens";`);
  }
}
