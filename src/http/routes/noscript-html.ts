import { escapeHtml } from '../../text/escape-html.js';

/** The API requests behind the links in emails. */
const requests: Readonly<
  Record<string, { readonly title: string; readonly query: string; readonly input: Readonly<Record<string, string>> }>
> = {
  '/reset-password': {
    title: 'Set a new password',
    query: 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code message } } }',
    input: { token: 'TOKEN', newPassword: 'YOUR-NEW-PASSWORD', confirmPassword: 'YOUR-NEW-PASSWORD' },
  },
  '/revert-email-change': {
    title: 'Undo email change',
    query:
      'mutation ($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code message } } }',
    input: { token: 'TOKEN' },
  },
  '/restore-account': {
    title: 'Restore your account',
    query:
      'mutation ($input: CancelAccountDeletionInput!) { cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code message } } }',
    input: { token: 'TOKEN' },
  },
  '/setup': {
    title: 'Create the first administrator',
    query:
      'mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { user { username role } session { token } userErrors { code message } } }',
    input: {
      setupToken: 'TOKEN',
      username: 'YOUR-NAME',
      password: 'YOUR-PASSWORD',
      confirmPassword: 'YOUR-PASSWORD',
      delivery: 'BEARER',
    },
  },
};

/**
 * The HTML for browsers without scripts. Opening a link in an email changes nothing, so that mail scanners can't use
 * it, and the token after the # isn't sent to the server.
 */
export function renderNoscriptHtml(path: string, publicUrl: string): string {
  const endpoint = new URL('/graphql', publicUrl).href;
  const request = requests[path];
  if (!request)
    return `<p>This page requires JavaScript. You can do the same with the API at ${escapeHtml(endpoint)}.</p>`;
  const { title, query, input } = request;
  const command = `curl -s ${endpoint} -H 'content-type: application/json' -d '${JSON.stringify({ query, variables: { input } })}'`;
  return [
    `<h1>${title}</h1>`,
    '<p>This page requires JavaScript. Without it, send this request. The token is the part after # in the address of this page:</p>',
    `<pre>${escapeHtml(command)}</pre>`,
    '<p>Don’t share the token. It works once and expires soon.</p>',
  ].join('\n');
}
