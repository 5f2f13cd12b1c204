import { escapeHtml } from '../../text/escape-html.js';

/** What the links in mails do, as the request that does it. */
const requests: Readonly<
  Record<string, { readonly title: string; readonly query: string; readonly input: Readonly<Record<string, string>> }>
> = {
  '/reset-password': {
    title: 'Set a new password',
    query: 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code message } } }',
    input: { token: 'TOKEN', newPassword: 'YOUR-NEW-PASSWORD', confirmPassword: 'YOUR-NEW-PASSWORD' },
  },
  '/revert-email-change': {
    title: 'Undo the change of your email address',
    query:
      'mutation ($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code message } } }',
    input: { token: 'TOKEN' },
  },
  '/setup': {
    title: 'Make the first administrator',
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
 * What a browser without scripts shows, as HTML. Links in mails act on nothing by being opened: a mail scanner that
 * follows one does no harm, and the token, which stands behind the #, never reaches the server this way.
 */
export function textWithoutScripts(path: string, publicUrl: string): string {
  const endpoint = new URL('/graphql', publicUrl).href;
  const request = requests[path];
  if (!request)
    return `<p>This page needs JavaScript. Everything that it does can be done through the API at ${escapeHtml(endpoint)} as well.</p>`;
  const { title, query, input } = request;
  const command = `curl -s ${endpoint} -H 'content-type: application/json' -d '${JSON.stringify({ query, variables: { input } })}'`;
  return [
    `<h1>${title}</h1>`,
    '<p>This page needs JavaScript. Without it, send this request; the token is what stands behind the # in the address of this page:</p>',
    `<pre>${escapeHtml(command)}</pre>`,
    '<p>Give the token to nobody. It works once, and not for long.</p>',
  ].join('\n');
}
