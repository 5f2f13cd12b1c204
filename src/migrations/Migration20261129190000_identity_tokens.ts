import { Migration } from '@mikro-orm/migrations';

/** Keys that sign identity tokens, and the services for which each session got one. */
export class Migration20261129190000_identity_tokens extends Migration {
  override name = 'Migration20261129190000_identity_tokens';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "signing_keys" ("kid" text not null, "generation" int not null, "key_ciphertext" text not null, "created_at" timestamptz not null, "signs_from" timestamptz not null, "ends_at" timestamptz null, primary key ("kid"));`,
    );
    this.addSql(`alter table "signing_keys" add constraint "signing_keys_generation_unique" unique ("generation");`);
    this.addSql(`create index "signing_keys_ends_at_index" on "signing_keys" ("ends_at");`);
    this.addSql(
      `create table "identity_token_uses" ("session_id" uuid not null, "audience" text not null, primary key ("session_id", "audience"));`,
    );
    this.addSql(
      `alter table "identity_token_uses" add constraint "identity_token_uses_session_id_foreign" foreign key ("session_id") references "sessions" ("id") on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "signing_keys";`);
    this.addSql(`drop table "identity_token_uses";`);
  }
}
