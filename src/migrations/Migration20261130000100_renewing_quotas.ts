import { Migration } from '@mikro-orm/migrations';

/** Quotas of call keys that renew, limits per minute, and the percentages at which users are warned. */
export class Migration20261130000100_renewing_quotas extends Migration {
  override name = 'Migration20261130000100_renewing_quotas';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table "call_keys" add "period" text null, add "period_quota" bigint null, add "period_time_zone" text null, add "period_starts_at" timestamptz null, add "period_used" bigint not null default '0', add "previous_period_starts_at" timestamptz null, add "previous_period_used" bigint not null default '0', add "period_warnings" text[] not null default '{}', add "requests_per_minute_limit" int null, add "tokens_per_minute_limit" int null;`,
    );
    this.addSql(
      `alter table "call_keys" add constraint "call_keys_period_check" check ("period" in ('DAY', 'WEEK', 'MONTH')) not valid;`,
    );
    this.addSql(
      `alter table "call_keys" add constraint "call_keys_period_with_quota_and_zone" check ((period is null) = (period_quota is null) and (period is null) = (period_time_zone is null) and (period is null) = (period_starts_at is null)) not valid;`,
    );
    this.addSql(
      `alter table "call_keys" add constraint "call_keys_period_quota_not_negative" check (period_quota >= 0 and period_used >= 0 and previous_period_used >= 0) not valid;`,
    );
    this.addSql(
      `alter table "call_keys" add constraint "call_keys_limits_positive" check (requests_per_minute_limit >= 1 and tokens_per_minute_limit >= 1) not valid;`,
    );
    this.addSql(`alter table "accounts" add "usage_warnings" int[] not null default '{80,100}';`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "accounts" drop column "usage_warnings";`);
    this.addSql(
      `alter table "call_keys" drop constraint "call_keys_period_check", drop constraint "call_keys_period_with_quota_and_zone", drop constraint "call_keys_period_quota_not_negative", drop constraint "call_keys_limits_positive";`,
    );
    this.addSql(
      `alter table "call_keys" drop column "period", drop column "period_quota", drop column "period_time_zone", drop column "period_starts_at", drop column "period_used", drop column "previous_period_starts_at", drop column "previous_period_used", drop column "period_warnings", drop column "requests_per_minute_limit", drop column "tokens_per_minute_limit";`,
    );
  }
}
