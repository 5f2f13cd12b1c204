import type { FastifyInstance } from 'fastify';
import { escapeHtml } from '../../text/escape-html.js';
import type { CapturedMail, CapturedMails } from '../../features/mail/delivery/captured-mails.js';
import { isLocalRequest } from '../request/local-request.js';
import { sendPlainPage } from './plain-page.js';

/** A mail is shown as it is and may do nothing: no scripts, no requests, no forms. */
const MAIL_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * `/dev/mail`: the mails that a development server would have sent, for people as a page and for programs as JSON. They
 * hold codes and links.
 */
export function serveDevMail(server: FastifyInstance, kept: CapturedMails): void {
  server.get('/dev/mail', (request, reply) => {
    if (!isLocalRequest(request)) return reply.callNotFound();
    if (request.headers.accept?.includes('application/json')) return reply.send({ mails: kept.all() });
    return sendPlainPage(reply, 'Mails', list(kept.all()));
  });
  server.get<{ Params: { place: string } }>('/dev/mail/:place', (request, reply) => {
    const mail = isLocalRequest(request) ? kept.all()[Number(request.params.place)] : undefined;
    if (!mail) return reply.callNotFound();
    return reply.header('content-security-policy', MAIL_CSP).type('text/html; charset=utf-8').send(mail.html);
  });
}

const list = (mails: readonly CapturedMail[]) =>
  mails.length === 0
    ? '<p>No mail yet. What Postern would send appears here, newest first: without SMTP_URL a development server sends nothing.</p>'
    : `<p>Nothing was sent: without SMTP_URL a development server keeps its mails here until it stops.</p><ol>${mails.map(item).join('')}</ol>`;

const item = ({ subject, to, at, text }: CapturedMail, place: number) => `<li>
<h2><a href="/dev/mail/${place}">${escapeHtml(subject)}</a></h2>
<p>to ${escapeHtml(to)}, ${at.toISOString()}</p>
<pre>${escapeHtml(text)}</pre></li>`;
