import { Migration } from '@mikro-orm/migrations';

/** What the token of a service account may do. Those that exist are gateways. */
export class Migration20261129200000_service_scopes extends Migration {
  override name = 'Migration20261129200000_service_scopes';

  override up(): void | Promise<void> {
    this.addSql(`alter table "accounts" add "service_scopes" text[] null;`);
    this.addSql(`update "accounts" set "service_scopes" = '{CALL_KEYS}' where "role" = 'SERVICE';`);
    this.addSql(
      `alter table "accounts" add constraint "accounts_service_with_scopes" check ((role = 'SERVICE') = (service_scopes is not null) and cardinality(service_scopes) > 0);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "accounts" drop constraint "accounts_service_with_scopes";`);
    this.addSql(`alter table "accounts" drop column "service_scopes";`);
  }
}
