import { Migration } from '@mikro-orm/migrations';

/** Until their first sign-in, users have no language. Before, they had that of the administrator who created them. */
export class Migration20261129130000_unknown_locale extends Migration {
  override name = 'Migration20261129130000_unknown_locale';

  override up(): void | Promise<void> {
    this.addSql(`alter table "accounts" alter column "locale" drop default, alter column "locale" drop not null;`);
    this.addSql(`update "accounts" set "locale" = null where "last_login_at" is null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`update "accounts" set "locale" = 'EN' where "locale" is null;`);
    this.addSql(`alter table "accounts" alter column "locale" set default 'EN', alter column "locale" set not null;`);
  }
}
