import { Migration } from '@mikro-orm/migrations';

export class Migration20261124113000_usage extends Migration {
  override name = 'Migration20261124113000_usage';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "usage_logs" ("id" uuid not null, "at" timestamptz not null, "account_id" uuid not null, "call_key_id" uuid not null, "call_key_name" text not null, "type" text not null, "model" text not null, "prompt_tokens" int not null, "completion_tokens" int not null, "quota" bigint not null, "latency_ms" int null, "request_id" text not null, "ip" text null, primary key ("id")) partition by range ("id");`,
    );
    this.addSql(`create index "usage_logs_account_id_id_index" on "usage_logs" ("account_id", "id");`);
    this.addSql(`create index "usage_logs_account_id_model_id_index" on "usage_logs" ("account_id", "model", "id");`);
    this.addSql(`create index "usage_logs_call_key_id_id_index" on "usage_logs" ("call_key_id", "id");`);
    this.addSql(`create index "usage_logs_model_id_index" on "usage_logs" ("model", "id");`);
    this.addSql(`create index "usage_logs_request_id_id_index" on "usage_logs" ("request_id", "id");`);
    this.addSql(
      `create index "usage_logs_errors_account_id_id_index" on "usage_logs" ("account_id", "id") where type = 'ERROR';`,
    );
    this.addSql(`create index "usage_logs_errors_id_index" on "usage_logs" ("id") where type = 'ERROR';`);
    this.addSql(
      `alter table "usage_logs" add constraint "usage_logs_type_check" check ("type" in ('CONSUME', 'ERROR'));`,
    );
    this.addSql(
      `alter table "usage_logs" add constraint "usage_logs_amounts_not_negative" check (prompt_tokens >= 0 and completion_tokens >= 0 and quota >= 0 and latency_ms >= 0);`,
    );

    this.addSql(
      `create table "usage_totals" ("account_id" uuid not null, "period" text not null, "at" timestamptz not null, "call_key_id" uuid not null, "model" text not null, "type" text not null, "requests" bigint not null, "prompt_tokens" bigint not null, "completion_tokens" bigint not null, "quota" bigint not null, primary key ("account_id", "period", "at", "call_key_id", "model", "type")) partition by range ("at");`,
    );
    this.addSql(
      `alter table "usage_totals" add constraint "usage_totals_period_check" check ("period" in ('HOUR', 'DAY'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "usage_logs" cascade;`);
    this.addSql(`drop table if exists "usage_totals" cascade;`);
  }
}
