import { Migration } from '@mikro-orm/migrations';

export class Migration20261124150000_password_notes extends Migration {
  override name = 'Migration20261124150000_password_notes';

  override up(): void | Promise<void> {
    this.addSql(`alter table "accounts" add "password_note_ciphertext" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "accounts" drop column "password_note_ciphertext";`);
  }
}
