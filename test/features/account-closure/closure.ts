import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import type { DeleteMyAccountInput } from '../../support/generated/graphql.js';
import type { MailServer, ReceivedMail } from '../../support/mail-server.js';
import type { TestPostern } from '../../support/postern.js';
import { goodPassword, type TestUser } from '../../support/users.js';

const DeleteMyAccount = graphql(`
  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {
    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }
  }
`);

const CancelAccountDeletion = graphql(`
  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {
    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }
  }
`);

/** Deletes the viewer's account; by default with the password alone. */
export const deleteMyAccount = (client: Client, input: DeleteMyAccountInput = { password: goodPassword }) =>
  client.send(DeleteMyAccount, { input });

export const cancelDeletion = (client: Client, token: string) =>
  client.send(CancelAccountDeletion, { input: { token } });

/** The state of an account. */
export async function stateOf({ database }: Pick<TestPostern, 'database'>, { username }: Pick<TestUser, 'username'>) {
  const [row] = await query<{ status: string; links: number; deleted_at: Date | null }>(
    database,
    `select status, deleted_at, (select count(*)::int from account_deletion_links where account_id = accounts.id) as links
     from accounts where username = ?`,
    [username],
  );
  return row!;
}

/** The tokens of the links to restore an account that were mailed to an address, oldest first. */
export const linksTo = (mail: MailServer, address: string): string[] =>
  mail.to(address).flatMap(({ text }: ReceivedMail) => /\/restore-account#(psl_\w{49})/.exec(text)?.[1] ?? []);

/** Waits for a number of links to an address. @returns the newest */
export async function linkTo(mail: MailServer, address: string, count = 1): Promise<string> {
  await mail.until(() => linksTo(mail, address).length >= count);
  return linksTo(mail, address).at(-1)!;
}
