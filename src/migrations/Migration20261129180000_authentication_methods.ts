import { Migration } from '@mikro-orm/migrations';

/**
 * The authentication methods of each session (RFC 8176). Those of open sessions follow from their factors. Which
 * passkey a session used is unknown: it counts as synced unless none of the account's passkeys is.
 */
export class Migration20261129180000_authentication_methods extends Migration {
  override name = 'Migration20261129180000_authentication_methods';

  override up(): void | Promise<void> {
    this.addSql(`alter table "sessions" add "methods" text[] not null default '{}';`);
    this.addSql(
      `update "sessions" set "methods" = array_remove(array[
        case when 'PASSWORD' = any("factors") then 'pwd' end,
        case when "factors" && array['TOTP', 'BACKUP_CODE'] then 'otp' end,
        case when 'PASSKEY' = any("factors") then
          case when (select bool_and(not "backed_up") from "passkeys" where "account_id" = "sessions"."account_id")
            then 'hwk' else 'swk' end
        end,
        case when "factors" = array['PASSKEY'] then 'user' end
      ], null);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "sessions" drop column "methods";`);
  }
}
