import type { FastifyInstance } from 'fastify';
import { escapeHtml } from '../../text/escape-html.js';
import type { CapturedMail, CapturedMails } from '../../features/mail/delivery/captured-mails.js';
import { isLocalRequest } from '../request/local-request.js';
import { sendPlainPage } from './plain-page.js';

/** A mail is shown without scripts, requests and forms. */
const MAIL_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * `/dev/mail`: the emails that a development server captured, as a page or as JSON. They contain codes and links, so
 * only local requests see them.
 */
export function serveDevMail(server: FastifyInstance, captured: CapturedMails): void {
  server.get('/dev/mail', (request, reply) => {
    if (!isLocalRequest(request)) return reply.callNotFound();
    if (request.headers.accept?.includes('application/json')) return reply.send({ mails: captured.all() });
    return sendPlainPage(reply, 'Emails', list(captured.all()));
  });
  server.get<{ Params: { index: string } }>('/dev/mail/:index', (request, reply) => {
    const mail = isLocalRequest(request) ? captured.all()[Number(request.params.index)] : undefined;
    if (!mail) return reply.callNotFound();
    return reply.header('content-security-policy', MAIL_CSP).type('text/html; charset=utf-8').send(mail.html);
  });
}

const list = (mails: readonly CapturedMail[]) =>
  mails.length === 0
    ? '<p>No emails yet. Without POSTERN_SMTP_URL, a development server shows emails here instead of sending them, newest first.</p>'
    : `<p>These emails were not sent. Without POSTERN_SMTP_URL, a development server keeps them here until it stops.</p><ol>${mails.map(item).join('')}</ol>`;

const item = ({ subject, to, at, text }: CapturedMail, index: number) => `<li>
<h2><a href="/dev/mail/${index}">${escapeHtml(subject)}</a></h2>
<p>to ${escapeHtml(to)}, ${at.toISOString()}</p>
<pre>${escapeHtml(text)}</pre></li>`;
