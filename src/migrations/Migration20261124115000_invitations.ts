import { Migration } from '@mikro-orm/migrations';

export class Migration20261124115000_invitations extends Migration {
  override name = 'Migration20261124115000_invitations';

  override up(): void | Promise<void> {
    this.addSql(`alter table "password_resets" add "binds_email" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "password_resets" drop column "binds_email";`);
  }
}
