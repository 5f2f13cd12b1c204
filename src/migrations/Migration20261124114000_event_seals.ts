import { Migration } from '@mikro-orm/migrations';

export class Migration20261124114000_event_seals extends Migration {
  override name = 'Migration20261124114000_event_seals';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "event_seals" ("number" int not null, "sealed_at" timestamptz not null, "complete" boolean not null, "event_ids" uuid[] not null, "event_digests" text[] not null, "last_event_id" uuid not null, "previous_hash" text not null, "hash" text not null, "mac" text not null, primary key ("number"));`,
    );
    this.addSql(`create index "event_seals_last_event_id_index" on "event_seals" ("last_event_id");`);
    this.addSql(
      `alter table "event_seals" add constraint "event_seals_digest_of_each_event" check (cardinality("event_ids") = cardinality("event_digests") and cardinality("event_ids") > 0);`,
    );
    this.addSql(`alter table "security_events" add "mac" text null;`);

    this.addSql(
      `create function "security_events_append_only_fn"() returns trigger as $$ begin raise exception 'security events are append-only'; end; $$ language plpgsql;`,
    );
    this.addSql(
      `create trigger "append_only" before update or delete on "security_events" for each statement execute function "security_events_append_only_fn"();`,
    );
    this.addSql(
      `create function "event_seals_append_only_fn"() returns trigger as $$ begin if tg_op = 'UPDATE' and to_jsonb(new) - 'mac' = to_jsonb(old) - 'mac' then return new; end if; raise exception 'seals of security events stay as they are'; end; $$ language plpgsql;`,
    );
    this.addSql(
      `create trigger "append_only" before update or delete on "event_seals" for each row execute function "event_seals_append_only_fn"();`,
    );

    // The ORM does not see triggers on truncate, so no entity lists them.
    this.addSql(
      `create function "not_truncated_fn"() returns trigger as $$ begin raise exception '% is append-only', tg_table_name; end; $$ language plpgsql;`,
    );
    this.addSql(
      `create trigger "not_truncated" before truncate on "security_events" for each statement execute function "not_truncated_fn"();`,
    );
    this.addSql(
      `create trigger "not_truncated" before truncate on "event_seals" for each statement execute function "not_truncated_fn"();`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger if exists "append_only" on "security_events";`);
    this.addSql(`drop function if exists "security_events_append_only_fn"();`);
    this.addSql(`drop trigger if exists "not_truncated" on "security_events";`);
    this.addSql(`drop table if exists "event_seals" cascade;`);
    this.addSql(`drop function if exists "event_seals_append_only_fn"();`);
    this.addSql(`drop function if exists "not_truncated_fn"();`);
    this.addSql(`alter table "security_events" drop column "mac";`);
  }
}
