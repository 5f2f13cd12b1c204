import { Migration20261123120000_accounts_and_sessions } from './Migration20261123120000_accounts_and_sessions.js';
import { Migration20261123224404_api_tokens } from './Migration20261123224404_api_tokens.js';
import { Migration20261123230000_mail_email_and_recovery } from './Migration20261123230000_mail_email_and_recovery.js';
import { Migration20261123231000_two_factor } from './Migration20261123231000_two_factor.js';
import { Migration20261124110000_call_keys } from './Migration20261124110000_call_keys.js';
import { Migration20261124111500_administration } from './Migration20261124111500_administration.js';
import { Migration20261124113000_usage } from './Migration20261124113000_usage.js';
import { Migration20261124114000_event_seals } from './Migration20261124114000_event_seals.js';
import { Migration20261124115000_invitations } from './Migration20261124115000_invitations.js';
import { Migration20261124150000_password_notes } from './Migration20261124150000_password_notes.js';
import { Migration20261127223000_deleted_call_keys } from './Migration20261127223000_deleted_call_keys.js';
import { Migration20261128230000_proofs } from './Migration20261128230000_proofs.js';
import { Migration20261129030000_key_canaries } from './Migration20261129030000_key_canaries.js';
import { Migration20261129130000_unknown_locale } from './Migration20261129130000_unknown_locale.js';
import { Migration20261129140000_passkeys } from './Migration20261129140000_passkeys.js';
import { Migration20261129160000_trusted_browsers } from './Migration20261129160000_trusted_browsers.js';
import { Migration20261129170000_access_tokens } from './Migration20261129170000_access_tokens.js';
import { Migration20261129180000_authentication_methods } from './Migration20261129180000_authentication_methods.js';
import { Migration20261129190000_identity_tokens } from './Migration20261129190000_identity_tokens.js';
import { Migration20261129193000_forward_auth } from './Migration20261129193000_forward_auth.js';
import { Migration20261129200000_service_scopes } from './Migration20261129200000_service_scopes.js';
import { Migration20261130000100_renewing_quotas } from './Migration20261130000100_renewing_quotas.js';
import { Migration20261130000400_account_deletion } from './Migration20261130000400_account_deletion.js';
import { Migration20261130000300_webhooks } from './Migration20261130000300_webhooks.js';
import { Migration20261130000500_event_traces } from './Migration20261130000500_event_traces.js';
import { Migration20261130000700_event_streams } from './Migration20261130000700_event_streams.js';

/** All migrations, oldest first. */
export const migrations = [
  Migration20261123120000_accounts_and_sessions,
  Migration20261123224404_api_tokens,
  Migration20261123230000_mail_email_and_recovery,
  Migration20261123231000_two_factor,
  Migration20261124110000_call_keys,
  Migration20261124111500_administration,
  Migration20261124113000_usage,
  Migration20261124114000_event_seals,
  Migration20261124115000_invitations,
  Migration20261124150000_password_notes,
  Migration20261127223000_deleted_call_keys,
  Migration20261128230000_proofs,
  Migration20261129030000_key_canaries,
  Migration20261129130000_unknown_locale,
  Migration20261129140000_passkeys,
  Migration20261129160000_trusted_browsers,
  Migration20261129170000_access_tokens,
  Migration20261129180000_authentication_methods,
  Migration20261129190000_identity_tokens,
  Migration20261129193000_forward_auth,
  Migration20261129200000_service_scopes,
  Migration20261130000100_renewing_quotas,
  Migration20261130000400_account_deletion,
  Migration20261130000300_webhooks,
  Migration20261130000500_event_traces,
  Migration20261130000700_event_streams,
];
