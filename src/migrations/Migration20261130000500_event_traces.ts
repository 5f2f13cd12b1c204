import { Migration } from '@mikro-orm/migrations';

/** The trace of the request that caused an event. */
export class Migration20261130000500_event_traces extends Migration {
  override name = 'Migration20261130000500_event_traces';

  override up(): void | Promise<void> {
    this.addSql(`alter table "security_events" add "trace_id" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "security_events" drop column "trace_id";`);
  }
}
