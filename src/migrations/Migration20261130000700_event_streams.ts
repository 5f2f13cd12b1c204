import { Migration } from '@mikro-orm/migrations';

/** Lets retention delete sealed events, and remembers how far syslog has come. */
export class Migration20261130000700_event_streams extends Migration {
  override name = 'Migration20261130000700_event_streams';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "event_anchors" ("number" int not null, "hash" text not null, "events" int not null, "sealed_at" timestamptz not null, "mac" text not null, primary key ("number"));`,
    );
    this.addSql(
      `create table "event_streams" ("name" text not null, "seal" int not null, "hash" text not null, "event" int not null, "holder" uuid null, "held_until" timestamptz null, primary key ("name"));`,
    );
    this.addSql(
      `create or replace function "security_events_append_only_fn"() returns trigger as $$ begin if tg_op = 'DELETE' and current_setting('postern.event_retention', true) = 'on' then return null; end if; raise exception 'security events are append-only'; end; $$ language plpgsql;`,
    );
    this.addSql(
      `create or replace function "event_seals_append_only_fn"() returns trigger as $$ begin if tg_op = 'DELETE' and current_setting('postern.event_retention', true) = 'on' then return old; end if; if tg_op = 'UPDATE' and to_jsonb(new) - 'mac' = to_jsonb(old) - 'mac' then return new; end if; raise exception 'seals of security events stay as they are'; end; $$ language plpgsql;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(
      `create or replace function "security_events_append_only_fn"() returns trigger as $$ begin raise exception 'security events are append-only'; end; $$ language plpgsql;`,
    );
    this.addSql(
      `create or replace function "event_seals_append_only_fn"() returns trigger as $$ begin if tg_op = 'UPDATE' and to_jsonb(new) - 'mac' = to_jsonb(old) - 'mac' then return new; end if; raise exception 'seals of security events stay as they are'; end; $$ language plpgsql;`,
    );
    this.addSql(`drop table if exists "event_streams" cascade;`);
    this.addSql(`drop table if exists "event_anchors" cascade;`);
  }
}
