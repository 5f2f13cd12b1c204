import type { FastifyInstance } from 'fastify';
import { escapeHtml } from '../mail/escape-html.js';
import { sendPlainPage } from './plain-page.js';

/** The pages that links in mails lead to, with the request that does what the mail says. */
const pages = [
  {
    path: '/reset-password', title: 'Set a new password',
    query: 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code message } } }',
    input: { token: 'TOKEN', newPassword: 'YOUR-NEW-PASSWORD', confirmPassword: 'YOUR-NEW-PASSWORD' },
  },
  {
    path: '/revert-email-change', title: 'Undo the change of your email address',
    query: 'mutation ($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code message } } }',
    input: { token: 'TOKEN' },
  },
];

/**
 * Serves plain pages at the addresses of the links in mails. They act on nothing: a mail scanner that follows a link does no
 * harm, and the token, which stands behind the #, never reaches the server this way.
 */
export function serveMailedLinks(server: FastifyInstance, publicUrl: string): void {
  for (const { path, title, query, input } of pages) {
    const request = `curl -s ${new URL('/graphql', publicUrl).href} -H 'content-type: application/json' -d '${JSON.stringify({ query, variables: { input } })}'`;
    server.get(path, (_request, reply) => sendPlainPage(reply, title, [
      '<p>The token is what stands behind the # in the address of this page. Send this request with it:</p>',
      `<pre>${escapeHtml(request)}</pre>`,
      '<p>Give the token to nobody. It works once, and not for long.</p>',
    ].join('\n')));
  }
}
