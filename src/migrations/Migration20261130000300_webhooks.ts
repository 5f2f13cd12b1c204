import { Migration } from '@mikro-orm/migrations';

/** Webhooks, their secrets, and the outbox of events. */
export class Migration20261130000300_webhooks extends Migration {
  override name = 'Migration20261130000300_webhooks';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "webhooks" ("id" uuid not null, "url" text not null, "description" text not null, "event_types" text[] not null, "status" text not null, "created_at" timestamptz not null, "failing_since" timestamptz null, primary key ("id"));`,
    );
    this.addSql(
      `create table "webhook_secrets" ("id" uuid not null, "webhook_id" uuid not null, "secret_ciphertext" text not null, "created_at" timestamptz not null, "valid_until" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "webhook_secrets_webhook_id_index" on "webhook_secrets" ("webhook_id");`);
    this.addSql(`create index "webhook_secrets_valid_until_index" on "webhook_secrets" ("valid_until");`);
    this.addSql(
      `create table "webhook_deliveries" ("id" uuid not null, "webhook_id" uuid not null, "event_id" uuid not null, "event_type" text not null, "at" timestamptz not null, "status" text not null, "attempts" int not null, "response_status" int null, "next_attempt_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "webhook_deliveries_at_index" on "webhook_deliveries" ("at");`);
    this.addSql(`create index "webhook_deliveries_webhook_id_id_index" on "webhook_deliveries" ("webhook_id", "id");`);
    this.addSql(
      `create index "webhook_deliveries_due_index" on "webhook_deliveries" ("webhook_id", "next_attempt_at") where status = 'PENDING';`,
    );
    this.addSql(
      `alter table "webhook_secrets" add constraint "webhook_secrets_webhook_id_foreign" foreign key ("webhook_id") references "webhooks" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "webhooks" add constraint "webhooks_status_check" check ("status" in ('ACTIVE', 'DISABLED', 'FAILING'));`,
    );
    this.addSql(
      `alter table "webhook_deliveries" add constraint "webhook_deliveries_status_check" check ("status" in ('PENDING', 'DELIVERED', 'FAILED'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "webhook_deliveries";`);
    this.addSql(`drop table "webhook_secrets";`);
    this.addSql(`drop table "webhooks";`);
  }
}
