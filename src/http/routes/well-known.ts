import type { FastifyInstance } from 'fastify';
import { days } from '../../duration.js';
import type { Config } from '../../config/config.js';

/** RFC 9116 recommends less than a year (section 2.5.5); each response has its own date. */
const VALID_MS = days(180);

/** Where a user adds and manages passkeys. */
const passkeysUrl = (publicUrl: string) => new URL('/profile#passkeys', publicUrl).href;

/**
 * What programs look for under `/.well-known/`: where a user changes the password (W3C, A Well-Known URL for Changing
 * Passwords) and passkeys (W3C, A Well-Known URL for Relying Party Passkey Endpoints), and, with
 * `POSTERN_SECURITY_CONTACT`, whom to tell about a vulnerability (RFC 9116).
 */
export function serveWellKnown(
  server: FastifyInstance,
  { publicUrl, securityContact }: Pick<Config, 'publicUrl' | 'securityContact'>,
  clock: () => Date,
): void {
  server.get('/.well-known/change-password', (_request, reply) => reply.redirect('/profile#password', 302));
  const passkeys = { enroll: passkeysUrl(publicUrl), manage: passkeysUrl(publicUrl) };
  server.get('/.well-known/passkey-endpoints', (_request, reply) => reply.send(passkeys));
  if (securityContact === null) return;
  const path = '/.well-known/security.txt';
  server.get(path, (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(
        [
          `Contact: ${securityContact}`,
          `Expires: ${new Date(clock().getTime() + VALID_MS).toISOString()}`,
          'Preferred-Languages: en, zh',
          `Canonical: ${new URL(path, publicUrl).href}`,
          '',
        ].join('\n'),
      ),
  );
}
