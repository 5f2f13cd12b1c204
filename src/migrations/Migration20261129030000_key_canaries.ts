import { Migration } from '@mikro-orm/migrations';

/** A text sealed with each encryption key, so that a start notices a missing key. The first start adds the rows. */
export class Migration20261129030000_key_canaries extends Migration {
  override name = 'Migration20261129030000_key_canaries';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "key_canaries" ("key_id" text not null, "sealed" text not null, primary key ("key_id"));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table "key_canaries";`);
  }
}
