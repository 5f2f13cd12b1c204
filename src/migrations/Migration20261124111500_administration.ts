import { Migration } from '@mikro-orm/migrations';

export class Migration20261124111500_administration extends Migration {
  override name = 'Migration20261124111500_administration';

  override up(): void | Promise<void> {
    // Trusted since PostgreSQL 13: whoever may create Postern's tables and the queue's schema may add it.
    this.addSql(`create extension if not exists pg_trgm;`);
    this.addSql(
      `alter table "accounts" add "deleted_at" timestamptz null, add "status_before_deletion" text null, add "erased_at" timestamptz null;`,
    );
    this.addSql(
      `alter table "accounts" add constraint "accounts_status_before_deletion_check" check ("status_before_deletion" in ('ACTIVE', 'DISABLED'));`,
    );
    this.addSql(
      `alter table "accounts" add constraint "accounts_deleted_with_moment" check ((status = 'DELETED') = (deleted_at is not null) and (status = 'DELETED') = (status_before_deletion is not null));`,
    );
    this.addSql(
      `alter table "accounts" add constraint "accounts_erased_without_person" check (erased_at is null or (status = 'DELETED' and email is null and password_hash is null));`,
    );
    this.addSql(`create index "accounts_by_creation" on "accounts" ("created_at", "id") where "erased_at" is null;`);
    this.addSql(
      `create index "accounts_by_last_sign_in" on "accounts" (coalesce("last_login_at", timestamptz 'epoch'), "id") where "erased_at" is null;`,
    );
    this.addSql(
      `create index "accounts_of_rare_role" on "accounts" ("role", "created_at", "id") where "role" <> 'USER';`,
    );
    this.addSql(
      `create index "accounts_of_rare_status" on "accounts" ("status", "created_at", "id") where "status" <> 'ACTIVE';`,
    );
    this.addSql(
      `create index "accounts_search" on "accounts" using gin ("username" gin_trgm_ops, "email_key" gin_trgm_ops);`,
    );
    this.addSql(`alter table "security_events" add "reason" text null, add "detail" text null;`);
    this.addSql(`create index "security_events_actor_id_id_index" on "security_events" ("actor_id", "id");`);
    this.addSql(`create index "security_events_ip_id_index" on "security_events" ("ip", "id");`);
    this.addSql(`create index "security_events_type_id_index" on "security_events" ("type", "id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index "security_events_actor_id_id_index";`);
    this.addSql(`drop index "security_events_ip_id_index";`);
    this.addSql(`drop index "security_events_type_id_index";`);
    this.addSql(`alter table "security_events" drop column "reason", drop column "detail";`);
    this.addSql(`drop index "accounts_search";`);
    this.addSql(
      `alter table "accounts" drop column "deleted_at", drop column "status_before_deletion", drop column "erased_at";`,
    );
    this.addSql(`drop extension pg_trgm;`);
  }
}
